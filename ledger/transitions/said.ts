import { type Present, present } from '../../core/present';
import type { FindingRecord } from '../findings/record';
import type { Outcome } from './outcome';

type Said = Pick<
  FindingRecord,
  'flag' | 'ruled' | 'plan' | 'omitted' | 'reason' | 'planDigest' | 'seenDigest' | 'exemptUntil'
>;

/** What a look has said, in whatever state, and what is recorded of it in each. */
export function saidOf(looked: FindingRecord | Outcome): Present<Said> {
  const { flag, ruled, plan, omitted, reason, planDigest, seenDigest, exemptUntil } = looked;
  return present({ flag, ruled, plan, omitted, reason, planDigest, seenDigest, exemptUntil });
}
