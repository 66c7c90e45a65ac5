import { present } from '../../../core/present';
import type { Received } from '../../../ledger/findings/record';

/** What an order leaves of an occurrence at which nobody looked: what was said of it last stands. */
export function saidBefore(taken: Received) {
  const { flag, decidedBy = '', violations, plan, omitted, planDigest, seenDigest, exemptUntil } = taken;
  const { ruled, fixBegun, undoing } = taken;
  return {
    decidedBy,
    violations,
    ...present({ flag, plan, omitted, planDigest, seenDigest, exemptUntil, ruled, fixBegun, undoing }),
  };
}
