import type { FindingState } from '../core/states';
import type { HeldBy } from '../ledger/record';

/** How long a fix rests for something that could not be read or was contended: it may be over in a moment. */
const briefMilliseconds = 60_000;

/** A state for a finding, with the sentence for people where it needs one. */
export interface Verdict {
  state: FindingState;
  /** For `held`. */
  heldBy?: HeldBy;
  /** For `held`: what wakes it; see `../ledger/waits-for.ts`. */
  waitsFor?: string;
  /** When the sweep looks again, for a finding that rests; ISO 8601. */
  lookAgainAt?: string;
  reason?: string;
  errorCode?: string;
}

/** The verdict for a fix before which something could not be read or was contended: it waits a minute. */
export function brieflyHeld(reason: string, heldBy: 'stop' | 'names' | 'limit', now: Date): Verdict {
  const lookAgainAt = new Date(now.getTime() + briefMilliseconds).toISOString();
  return { state: 'held', heldBy, lookAgainAt, reason };
}
