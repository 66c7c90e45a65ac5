import type { ReportedDecision } from '../core/report';
import type { HeldBy } from '../ledger/findings/record';

/** How long a fix rests for something that could not be read or was contended: it may be over in a moment. */
const briefMilliseconds = 60_000;

/** A finding has to wait for its time. */
export interface HeldVerdict {
  state: 'held';
  heldBy: HeldBy;
  /** What wakes it; see `../ledger/waits-for.ts`. */
  waitsFor?: string;
  /** When the sweep looks again; ISO 8601. */
  lookAgainAt?: string;
  reason?: string;
  /** AWS's error code, where one holds it. */
  errorCode?: string;
}

/** A finding is exempt, by whatever. */
export interface ExemptVerdict {
  state: 'exempt' | 'undone';
  reason: string;
  /** When the exemption ends; ISO 8601. */
  lookAgainAt: string;
  /** The person's order, where that exempts it. */
  ordered?: ReportedDecision;
}

/** A state for a finding, with what belongs to that state, and the sentence for people where it needs one. */
export type Verdict =
  | { state: 'fixed' | 'already-compliant' | 'gone' | 'waiting' | 'denied'; reason?: string }
  /** `errorCode` of AWS, where it refused something. */
  | { state: 'reported' | 'failed' | 'given-up'; reason?: string; errorCode?: string }
  | ExemptVerdict
  | HeldVerdict;

/** The verdict for a fix before which something could not be read or was contended: it waits a minute. */
export function brieflyHeld(reason: string, heldBy: 'stop' | 'names' | 'limit', now: Date): HeldVerdict {
  const lookAgainAt = new Date(now.getTime() + briefMilliseconds).toISOString();
  return { state: 'held', heldBy, lookAgainAt, reason };
}
