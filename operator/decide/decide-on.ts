import { findingId } from '../../core/finding';
import type { OrderAnswer } from '../../core/order';
import type { FindingRecord } from '../../ledger/findings/record';
import type { Hub } from '../hub/hub';
import { giveOrder } from '../orders/give-order';
import { requireAcceptedLoss } from './accepted-loss';
import { planToDecideOn } from './decidable';

/** That a person has a plan applied. */
export interface Approval {
  order: 'approve';
  /** Whether it may also take something harmless. */
  acceptLoss: boolean;
  /** Why; break-glass takes one. */
  reason?: string;
}

/** What a person decides about a plan. */
export type HumanDecision = Approval | { order: 'deny'; reason: string };

/** What came of a decision. */
export interface DecisionResult {
  answer: OrderAnswer;
  /** The finding as it is then, where another plan waits by now. */
  newPlan?: FindingRecord;
}

/**
 * Decides on a finding, for the plan that the host has shown and no other.
 * @throws UnacceptedLossError when a plan that was approved takes something harmless, and that was not accepted
 * @throws OperatorError when there is no plan to decide on, or the hub cannot be asked
 */
export async function decideOn(
  hub: Hub,
  record: FindingRecord,
  decision: HumanDecision,
): Promise<DecisionResult> {
  const { identity, occurrence } = record;
  const exemption = await hub.findings.exemption(record);
  const plan = planToDecideOn(record, exemption);
  await hub.host.showPlan(record);
  if (decision.order === 'approve') requireAcceptedLoss(record, decision.acceptLoss);
  const { said, doing } = wordsOf(decision);
  const answer = await giveOrder(
    hub,
    { ...said, finding: identity, occurrence, plan },
    `${doing} the plan for ${findingId(identity, occurrence)}`,
  );
  const now = answer.done ? undefined : await hub.findings.read(identity, occurrence);
  return { answer, ...(now?.state === 'waiting' && now.planDigest !== plan && { newPlan: now }) };
}

function wordsOf(decision: HumanDecision) {
  if (decision.order === 'deny') return { said: decision, doing: 'Denying' };
  const { acceptLoss: _acceptLoss, ...said } = decision;
  return { said, doing: 'Approving' };
}
