import { UserError } from '../../cli/user-error';
import { findingId } from '../../core/finding';
import type { FindingRecord } from '../../ledger/record';
import { printable } from '../text/printable';

/**
 * Refuses to approve a plan that also takes something harmless, unless that was accepted; what goes was shown with the plan.
 * @param accepted whether --accept-loss was given
 * @param region as --region was given
 * @throws UserError with the command that approves it all the same
 */
export function requireAcceptedLoss(
  { identity, occurrence, plan }: FindingRecord,
  accepted: boolean,
  region: string | undefined,
): void {
  if (accepted || !plan?.lossy) return;
  const name = printable(findingId(identity, occurrence)).replaceAll("'", "'\\''");
  const where = region === undefined ? '' : ` --region ${region}`;
  throw new UserError(
    `Nothing was ordered: the plan also takes something harmless, under "What goes with it". To approve it all the same:\n  npm run -s staunch -- approve '${name}' --accept-loss${where}`,
  );
}
