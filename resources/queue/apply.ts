import { RefusedError } from '../../core/errors';
import type { Plan } from '../../core/plan';
import { errorCodeOf, messageOf } from '../kit/aws-error';
import { ChangedMeanwhileError, type OnApplied } from '../kit/live-resource';
import { isPolicyChange, policyAfter } from '../kit/policy/changes';
import { getAttributes, noQueue, putPolicy, type QueueAccess } from './calls';
import type { Queue } from './model';

/** What SQS answers to a policy that it will never take as it is. */
export const refusals: readonly string[] = ['InvalidAttributeValue', 'OverLimit'];

/**
 * Makes a plan's changes, all of them in one write. SQS has no conditional write, so the policy is read again right before.
 * @param queue what the plan was made from
 * @throws ChangedMeanwhileError when the policy is not any more as it was read
 * @throws RefusedError when the plan holds something else, or SQS does not take the policy as it would become
 */
export async function applyToQueue(
  access: QueueAccess,
  { changes }: Plan,
  { policy }: Queue,
  onApplied: OnApplied,
): Promise<void> {
  const other = changes.find((change) => !isPolicyChange(change));
  if (other) throw new RefusedError(`The plan's change "${other.action}" is not one of a queue.`);
  const after = policyAfter(policy, changes);
  try {
    const { Attributes } = await getAttributes(access);
    if ((Attributes.Policy || undefined) !== policy?.text) {
      throw new ChangedMeanwhileError("the queue's policy is not any more as it was read.");
    }
    await putPolicy(access, after?.text);
  } catch (error) {
    throw explained(error);
  }
  onApplied(changes);
}

/** What SQS's refusal means for the plan. */
function explained(error: unknown): unknown {
  const code = errorCodeOf(error) ?? '';
  const options = { cause: error };
  if (noQueue.includes(code)) return new ChangedMeanwhileError('the queue is gone.', options);
  if (!refusals.includes(code)) return error;
  return new RefusedError(
    `SQS does not take the policy without its public part: ${messageOf(error)}`,
    options,
  );
}
