import type { TrailCall } from '../../core/trail-call';
import { isFields, isText } from '../kit/input';
import type { Touched, TrailEvents } from '../kit/trail-events';

/**
 * What CloudTrail records of calls about topics.
 * https://docs.aws.amazon.com/sns/latest/dg/logging-using-cloudtrail.html
 */
export const topicTrail: TrailEvents = {
  source: 'sns.amazonaws.com',
  names: ['CreateTopic', 'SetTopicAttributes', 'AddPermission', 'RemovePermission'],
  opening: ['CreateTopic', 'SetTopicAttributes', 'AddPermission'],

  touched(call, { accountId, region }): Touched | undefined {
    if (leavesPolicy(call)) return undefined;
    const arn = call.requestParameters?.topicArn ?? call.responseElements?.topicArn;
    // Somebody else's topic is in the event of who called, too.
    const isOwn = isText(arn) && arn.split(':').slice(2, 5).join(':') === `sns:${region}:${accountId}`;
    return isOwn ? { ids: [arn] } : undefined;
  },
};

/** Whether what was set is in the event, and is no policy. */
function leavesPolicy({ eventName, requestParameters }: TrailCall): boolean {
  const { attributeName, attributes } = requestParameters ?? {};
  if (eventName === 'SetTopicAttributes') return isText(attributeName) && !isPolicy(attributeName);
  return eventName === 'CreateTopic' && isFields(attributes) && !Object.keys(attributes).some(isPolicy);
}

function isPolicy(attribute: string): boolean {
  return attribute.toLowerCase() === 'policy';
}
