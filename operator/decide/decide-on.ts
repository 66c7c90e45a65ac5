import { findingId } from '../../core/finding';
import type { OrderAnswer } from '../../core/order';
import type { FindingRecord } from '../../ledger/record';
import type { Hub } from '../hub/hub';
import { giveOrder } from '../orders/give-order';
import { planToDecideOn } from './decidable';

/** What a person decides about a plan. */
export type HumanDecision = { order: 'approve' } | { order: 'deny'; reason: string };

/** What came of a decision. */
export interface DecisionResult {
  answer: OrderAnswer;
  /** The finding as it is then, where another plan waits by now. */
  newPlan?: FindingRecord;
}

/**
 * Decides on a finding, for the plan that was shown and no other.
 * @param show shows the plan before anything is ordered; nothing is ordered when it throws
 * @throws UserError when there is no plan to decide on, or the hub cannot be asked
 */
export async function decideOn(
  hub: Hub,
  record: FindingRecord,
  decision: HumanDecision,
  show: (record: FindingRecord) => void,
): Promise<DecisionResult> {
  const { identity, occurrence } = record;
  const exemption = await hub.ask('ledger', () => hub.exemptions.read(identity));
  const plan = planToDecideOn(record, exemption);
  show(record);
  const doing = decision.order === 'approve' ? 'Approving' : 'Denying';
  const answer = await giveOrder(
    hub,
    { ...decision, finding: identity, occurrence, plan },
    `${doing} the plan for ${findingId(identity, occurrence)}`,
  );
  const now = answer.done ? undefined : await hub.ask('ledger', () => hub.ledger.read(record));
  return { answer, ...(now?.state === 'waiting' && now.planDigest !== plan && { newPlan: now }) };
}
