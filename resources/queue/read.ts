import { errorCodeOf } from '../kit/aws-error';
import type { Reading } from '../kit/live-resource';
import { saidByTags } from '../kit/tags';
import { getAttributes, getTags, type QueueAccess, type QueueReads } from './calls';
import { queueKind } from './kind';
import { type Queue, queueFromApi } from './model';

/**
 * Reads everything that decides who can reach a queue, and until when its tag says that it is exempt.
 * @returns `gone` when there is no such queue
 */
export async function readQueue(access: QueueAccess): Promise<Reading<Queue> | 'gone'> {
  try {
    const [attributes, tags] = await Promise.all([getAttributes(access), getTags(access)]);
    const answered = { QueueUrl: access.url, ...attributes };
    return { resource: queueFromApi(answered), before: answered, ...saidByTags(tags) };
  } catch (error) {
    if (queueKind.gone.includes(errorCodeOf(error) ?? '')) return 'gone';
    throw error;
  }
}

/**
 * Reads what decides who can reach one of many queues, without its tags.
 * @returns `gone` when there is no such queue
 * @throws ResourceInputError when it cannot be understood; SQS's own error when the call was refused
 */
export async function readQueueAmongMany(access: QueueReads): Promise<Queue | 'gone'> {
  try {
    return queueFromApi({ QueueUrl: access.url, ...(await getAttributes(access)) });
  } catch (error) {
    if (queueKind.gone.includes(errorCodeOf(error) ?? '')) return 'gone';
    throw error;
  }
}
