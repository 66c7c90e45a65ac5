import type { InFlight, SeenAs } from './invocation';

/**
 * What may go wrong with one call:
 *
 * - `fails-before`: the service fails, or cannot be reached; nothing was done;
 * - `fails-after`: it was done, and then the connection breaks;
 * - `throttled`: the service refuses it for now, with an error of its own; nothing was done;
 * - `killed-before`, `killed-after`: the process dies, before the call was done or after.
 */
export type FaultKind = 'fails-before' | 'fails-after' | 'throttled' | 'killed-before' | 'killed-after';

/** Every kind, in the order in which they are tried. */
export const faultKinds = [
  'fails-before',
  'fails-after',
  'throttled',
  'killed-before',
  'killed-after',
] as const satisfies readonly FaultKind[];

/** One thing that goes wrong. */
export interface Fault {
  kind: FaultKind;
  /** How a failure is told: the service says that it failed, or nobody says anything. Default: the former only before. */
  as?: 'server-error' | 'broken-connection';
  /**
   * Whose process dies: that of the invocation which makes the call, or of the one that waits for it, where there is one.
   * Default: `itself`.
   */
  dies?: 'itself' | 'caller';
  /** What becomes of the functions that the dead one was waiting for. Default: they run on. */
  inFlight?: InFlight;
  /** How the dead one looks to whoever waits for it. Default: `crash`. */
  seenAs?: SeenAs;
}

/** A fault in a few words: `killed-after (the caller)`. */
export function describeFault({ kind, as, dies, inFlight, seenAs }: Fault): string {
  const details = [as, dies === 'caller' && 'the caller', inFlight, seenAs].filter(Boolean);
  return details.length > 0 ? `${kind} (${details.join(', ')})` : kind;
}
