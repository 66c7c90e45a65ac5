import { UnsupportedError } from '../../failures';
import { sourceContext, type TargetAccess } from './target-access';
import { awsManagedKey, type Topic, type Topics } from './topics';

/** Protocols that moto stores without delivering, as AWS does until somebody confirms them. */
const unconfirmed = ['email', 'email-json'];

/**
 * Checks that the topic's key lets EventBridge encrypt. The key that AWS manages for SNS never does:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 * There EventBridge does not say for which rule it acts, so a key policy with such a condition lets it not in.
 */
function checkKey(key: { id: string; arn: string }, access: TargetAccess): void {
  if (key.id === awsManagedKey) {
    const reason = 'the key that AWS manages for SNS lets no service in; use a customer managed key';
    access.refuse('events.amazonaws.com', 'kms:GenerateDataKey', key.id, reason);
  }
  for (const action of ['kms:GenerateDataKey', 'kms:Decrypt']) {
    access.checkService('events.amazonaws.com', action, key.arn, {});
  }
}

/** Checks that every subscribed queue lets the topic send to it. */
function checkSubscriptions({ subscriptions }: Topic, topicArn: string, access: TargetAccess): void {
  for (const { Protocol = '', Endpoint = '' } of subscriptions) {
    if (Protocol === 'sqs') {
      access.checkService('sns.amazonaws.com', 'sqs:SendMessage', Endpoint, sourceContext(topicArn));
    } else if (!unconfirmed.includes(Protocol)) {
      throw new UnsupportedError(
        `The sandbox does not deliver from a topic by "${Protocol}": ${Endpoint} at ${topicArn}.`,
      );
    }
  }
}

/**
 * Publishes an event to a topic, whose policy and key have to allow that, without conditions on the rule or its account:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions.
 * moto then delivers to the subscribed queues without looking at their policies, so these are checked before. Unlike
 * AWS, the sandbox publishes nothing at all when one of them refuses.
 *
 * @param message JSON text of the event
 * @throws AccessDeniedError
 */
export async function deliverToTopic(
  topicArn: string,
  message: string,
  topics: Topics,
  access: TargetAccess,
): Promise<void> {
  access.checkService('events.amazonaws.com', 'sns:Publish', topicArn, {});
  const topic = await topics.of(topicArn);
  if (topic.key) checkKey(topic.key, access);
  checkSubscriptions(topic, topicArn, access);
  await topics.publish(topicArn, message);
}
