import { findingId } from '../../core/finding';
import { isOpen, states } from '../../core/states';
import { utc } from '../../core/utc';
import type { FindingRecord } from '../../ledger/findings/record';
import { decisionOf } from '../../ledger/findings/record-parts';
import type { UndoExemption } from '../../ledger/findings/undo-exemption';
import { planToDecideOn as shownPlan } from '../../ledger/transitions/decide';
import { printable } from '../../resources/kit/printable';
import { OperatorError } from '../errors';

/**
 * The digest of the plan that a person decides on, whatever the finding's state: whether it can be decided on is for the
 * coordinator to say.
 * @param exemption of the finding, where it has one
 * @throws OperatorError when the ledger has no plan to decide on; it says why
 */
export function planToDecideOn(record: FindingRecord, exemption: UndoExemption | undefined): string {
  const { identity, occurrence, state } = record;
  const plan = shownPlan(record);
  // Nothing is to be decided about what is over.
  if (plan !== undefined && isOpen(state)) return plan;
  const name = printable(findingId(identity, occurrence));
  if (state === 'waiting') {
    throw new OperatorError(
      `${name} waits, but the ledger has no plan of it to decide on. It gets one when the resource is looked at again.`,
    );
  }
  if (state === 'undone') {
    const until = exemption ? `until ${utc(exemption.until)}, by ${exemption.by}: ${exemption.reason}` : '';
    throw new OperatorError(
      printable(`${name} does not wait: its fix was undone, and it is exempt ${until}`),
    );
  }
  const decision = decisionOf(record);
  const decided = decision ? ` It was ${decision.what} by ${decision.by}.` : '';
  const { title, meaning } = states[state];
  throw new OperatorError(
    printable(`${name} does not wait for anybody: it is ${title}.${decided} ${meaning}`),
  );
}
