import type { Call } from './calls';
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

/** Which call meets which fault; asked once for each call, in their order. */
export type FaultPlan = (
  call: Pick<Call, 'number' | 'service' | 'command' | 'input' | 'invocation'>,
) => Fault | undefined;

/** Nothing goes wrong. */
export const noFaults: FaultPlan = () => undefined;

/** The n-th call, from 1, meets a fault. */
export function faultAt(number: number, fault: Fault): FaultPlan {
  return (call) => (call.number === number ? fault : undefined);
}

/** Every call of a kind meets a fault, for example all AssumeRole of an account. */
export function faultWhenever(isMeant: (call: Parameters<FaultPlan>[0]) => boolean, fault: Fault): FaultPlan {
  return (call) => (isMeant(call) ? fault : undefined);
}

/** All faults of several plans; the first plan that has one for a call counts. */
export function together(...plans: readonly FaultPlan[]): FaultPlan {
  return (call) => {
    for (const plan of plans) {
      const fault = plan(call);
      if (fault) return fault;
    }
    return undefined;
  };
}

/** A fault in a few words: `killed-after (the caller)`. */
export function describeFault({ kind, as, dies, inFlight, seenAs }: Fault): string {
  const details = [as, dies === 'caller' && 'the caller', inFlight, seenAs].filter(Boolean);
  return details.length > 0 ? `${kind} (${details.join(', ')})` : kind;
}
