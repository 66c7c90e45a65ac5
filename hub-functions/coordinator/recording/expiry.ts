import type { CompiledPolicy } from '../../../config/compiled';
import { isOpen } from '../../../core/states';
import type { FindingRecord } from '../../../ledger/findings/record';
import type { ClosedOutcome, Outcome } from '../../../ledger/transitions/outcome';

const dayMilliseconds = 24 * 60 * 60_000;
const marginDays = 7;

/**
 * The outcome with its time of expiry, where it closes the finding. What was saved of a fix is kept as long as its finding,
 * and for as long as the fix may be undone.
 */
export function withExpiry(
  outcome: Outcome,
  { saved }: Pick<FindingRecord, 'saved'>,
  retention: CompiledPolicy['retention'],
  now: Date,
): Outcome {
  if (!isClosedOutcome(outcome)) return outcome;
  const expires = expiryOf({ saved: saved === true }, retention, now);
  return { ...outcome, expiresAt: Math.ceil(expires.getTime() / 1000) };
}

function isClosedOutcome(outcome: Outcome): outcome is ClosedOutcome {
  return !isOpen(outcome.state);
}

/** When a finding that is closed now may be removed from the ledger. */
export function expiryOf(
  { saved }: { saved: boolean },
  { findingsDays, undoDays }: CompiledPolicy['retention'],
  now: Date,
): Date {
  const days = saved ? Math.max(findingsDays, undoDays) : findingsDays;
  return new Date(now.getTime() + days * dayMilliseconds);
}

/**
 * Until when what was saved of a fix is kept: longer than the record itself, so that nothing of a fix is gone while its
 * finding still shows it. DynamoDB removes what has expired within a few days:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export function keptUntil(expiry: Date): Date {
  return new Date(expiry.getTime() + marginDays * dayMilliseconds);
}
