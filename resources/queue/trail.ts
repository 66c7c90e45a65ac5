import { queueUrl } from '../../core/queue-address';
import type { TrailCall } from '../../core/trail-call';
import { isFields, isText } from '../kit/input';
import type { Touched, TrailEvents } from '../kit/trail-events';

/**
 * What CloudTrail records of calls about queues.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-logging-using-cloudtrail.html
 */
export const queueTrail: TrailEvents = {
  source: 'sqs.amazonaws.com',
  names: ['CreateQueue', 'SetQueueAttributes', 'AddPermission', 'RemovePermission'],
  opening: ['CreateQueue', 'SetQueueAttributes', 'AddPermission'],

  touched(call, { accountId, region }): Touched | undefined {
    if (leavesPolicy(call)) return undefined;
    // A queue has several URLs, and its name is what they end in. The one that is AWS Config's id is its Region's.
    const url = call.requestParameters?.queueUrl ?? call.responseElements?.queueUrl;
    const [, owner, name] = (isText(url) && /\/(\d{12})\/([^/]+)$/.exec(url)) || [];
    return owner === accountId && name !== undefined
      ? { ids: [queueUrl(accountId, region, name)] }
      : undefined;
  },
};

/** Whether the attributes that were set are in the event, and no policy is among them. */
function leavesPolicy({ eventName, requestParameters }: TrailCall): boolean {
  const attributes = requestParameters?.attributes;
  if (eventName === 'AddPermission' || !isFields(attributes)) return false;
  return Object.entries(attributes).every(([name, value]) => name.toLowerCase() !== 'policy' || value === '');
}
