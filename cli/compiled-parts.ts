/** What was compiled beside the command: where it runs from its sources, there is none of it. */
export interface CompiledParts {
  /** URL of the module of `evaluate`'s threads; without it there are none. */
  evaluateWorker?: string;
}
