import { RefusedError } from '../../core/errors';
import type { Change } from '../../core/plan';
import { errorCodeOf, messageOf } from '../kit/aws-error';
import { ChangedMeanwhileError, type OnApplied } from '../kit/live-resource';
import { samePolicy } from '../kit/policy/meaning';
import { readPolicy } from '../kit/policy/resource-policy';
import { isPolicyRestoration, type PolicyRestoration } from '../kit/policy/restore';
import { refusals } from './apply';
import { getAttributes, noQueue, putPolicy, type QueueAccess } from './calls';

/**
 * Makes the changes of an undo. SQS has no conditional write, so the policy is read again right before, and passed over where it
 * is already what it should become.
 * @throws ChangedMeanwhileError when the policy is neither what it was planned from nor what it should become
 * @throws RefusedError with SQS's words for what it will not take back
 */
export async function undoInQueue(
  access: QueueAccess,
  changes: readonly Change[],
  onApplied: OnApplied,
): Promise<void> {
  for (const change of changes) {
    if (!isPolicyRestoration(change)) {
      throw new RefusedError(`The undo's change "${change.action}" is not one of a queue.`);
    }
    try {
      if (await write(access, change)) onApplied([change]);
    } catch (error) {
      throw explained(change, error);
    }
  }
}

/** @returns whether anything had to be written */
async function write(access: QueueAccess, { before, policy }: PolicyRestoration): Promise<boolean> {
  const read = (text: string | null | undefined) => (text ? readPolicy(text, 'Policy') : undefined);
  const now = read((await getAttributes(access)).Attributes.Policy);
  if (samePolicy(now, read(policy))) return false;
  if (!samePolicy(now, read(before))) {
    throw new ChangedMeanwhileError("the queue's policy is not any more as it was read.");
  }
  await putPolicy(access, policy);
  return true;
}

function explained({ text }: PolicyRestoration, error: unknown): unknown {
  const code = errorCodeOf(error) ?? '';
  const options = { cause: error };
  if (noQueue.includes(code)) return new ChangedMeanwhileError('the queue is gone.', options);
  if (!refusals.includes(code)) return error;
  return new RefusedError(`SQS does not take it back (${text}): ${code}: ${messageOf(error)}`, options);
}
