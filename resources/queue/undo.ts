import type { Json } from '../../core/json';
import { fieldsOf, optionalFieldsOf } from '../kit/input';
import { policyChangesIn } from '../kit/policy/changes';
import { policyPartOf } from '../kit/policy/part';
import { restorePolicy } from '../kit/policy/restore';
import { type PolicyLimits, undonePolicy } from '../kit/policy/undo';
import { readHistory, trace } from '../kit/trace';
import type { PlanUndo } from '../kit/undo';
import { type Queue, queueFromApi } from './model';

/** A queue as a saved state, or a reading just now, has it. */
interface SavedQueue {
  queue: Queue;
  /** When it was made, as SQS answered it. */
  createdAt: unknown;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
const limits: PolicyLimits = { service: 'SQS', maximumBytes: 8_192 };

const policyPart = policyPartOf(({ queue: { policy } }: SavedQueue) => policy);

/**
 * Plans how a queue's policy gets back what a fix took. Only the statements that the fix wrote are compared and written; what others
 * changed beside them stays as it is now.
 */
export const planUndo: PlanUndo = (history, state) => {
  const read = readHistory(history, savedQueue);
  const now = savedQueue(state);
  const last = read.after ?? read.steps.at(-1)?.saved ?? now;
  const elsewhere =
    last.createdAt === now.createdAt ? [] : ['The queue was deleted since the fix, and another was made.'];
  const policy = trace(read, policyPart);
  if (policy.kind === 'mixed') {
    const mixed = 'Somebody else changed the policy while the queue was being fixed.';
    return { kind: 'changed', differences: [...elsewhere, mixed] };
  }
  if (policy.kind === 'untouched') {
    return elsewhere.length > 0 ? { kind: 'changed', differences: elsewhere } : { kind: 'undo', changes: [] };
  }
  const changes = policyChangesIn(read.steps.flatMap((step) => step.changes));
  const { write, differences } = undonePolicy(policy, now.queue.policy, changes, limits);
  const all = [...elsewhere, ...differences];
  if (all.length > 0) return { kind: 'changed', differences: all };
  return { kind: 'undo', changes: write === undefined ? [] : [restorePolicy(write)] };
};

/** @throws ResourceInputError when a saved state cannot be understood */
function savedQueue(state: Json): SavedQueue {
  const attributes = optionalFieldsOf(fieldsOf(state, 'The queue').Attributes, 'Attributes');
  return { queue: queueFromApi(state), createdAt: attributes?.CreatedTimestamp };
}
