import { findingId } from '../../core/finding';
import type { FindingRecord } from '../../ledger/findings/record';
import { printable } from '../../resources/kit/printable';
import { OperatorError } from '../errors';

/** Thrown when a plan also takes something harmless, and nobody accepted that. Nothing was ordered. */
export class UnacceptedLossError extends OperatorError {
  override readonly name = 'UnacceptedLossError';

  constructor(readonly record: FindingRecord) {
    const name = printable(findingId(record.identity, record.occurrence));
    super(
      `Nothing was ordered: the plan of ${name} also takes something harmless, and that has to be accepted.`,
    );
  }
}

/**
 * Refuses to approve a plan that also takes something harmless, unless that was accepted; what goes was shown with the plan.
 * @throws UnacceptedLossError
 */
export function requireAcceptedLoss(record: FindingRecord, accepted: boolean): void {
  if (!accepted && record.plan?.lossy) throw new UnacceptedLossError(record);
}
