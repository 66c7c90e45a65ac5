/** What comes with the compiled command: where it runs from its sources, there is none of it. */
export interface CompiledParts {
  /** URL of the module of `evaluate`'s threads; without it there are none. */
  evaluateWorker?: string;
  /** A digest of all sources: what was made of them is used again while it is the same. */
  sourcesDigest?: string;
}
