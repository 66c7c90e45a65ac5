import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetTopicAttributesCommand,
  PublishCommand,
  paginateListSubscriptionsByTopic,
  SNSClient,
} from '@aws-sdk/client-sns';
import { UnsupportedError } from '../../failures';
import type { Gateway } from '../../gateway/api';
import { placeOf } from './buses';
import { sourceContext, type TargetAccess } from './target-access';

/** Protocols that moto stores without delivering, as AWS does until somebody confirms them. */
const unconfirmed = ['email', 'email-json'];

/**
 * Checks that the topic's key lets EventBridge encrypt. The key that AWS manages for SNS never does:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 * There EventBridge does not say for which rule it acts, so a key policy with such a condition lets it not in.
 */
async function checkKey(
  keyId: string,
  topicArn: string,
  gateway: Gateway,
  access: TargetAccess,
): Promise<void> {
  if (keyId === 'alias/aws/sns') {
    const reason = 'the key that AWS manages for SNS lets no service in; use a customer managed key';
    access.refuse('events.amazonaws.com', 'kms:GenerateDataKey', keyId, reason);
  }
  const { accountId, region } = placeOf(topicArn);
  const client = new KMSClient({
    endpoint: gateway.endpoint,
    region,
    credentials: gateway.administratorOf(accountId),
  });
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: keyId }));
  client.destroy();
  for (const action of ['kms:GenerateDataKey', 'kms:Decrypt']) {
    access.checkService('events.amazonaws.com', action, KeyMetadata?.Arn ?? keyId, {});
  }
}

/** Checks that every subscribed queue lets the topic send to it. */
async function checkSubscriptions(client: SNSClient, topicArn: string, access: TargetAccess): Promise<void> {
  for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn: topicArn })) {
    for (const { Protocol = '', Endpoint = '' } of page.Subscriptions ?? []) {
      if (Protocol === 'sqs') {
        access.checkService('sns.amazonaws.com', 'sqs:SendMessage', Endpoint, sourceContext(topicArn));
      } else if (!unconfirmed.includes(Protocol)) {
        throw new UnsupportedError(
          `The sandbox does not deliver from a topic by "${Protocol}": ${Endpoint} at ${topicArn}.`,
        );
      }
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
  gateway: Gateway,
  access: TargetAccess,
): Promise<void> {
  access.checkService('events.amazonaws.com', 'sns:Publish', topicArn, {});
  const { accountId, region } = placeOf(topicArn);
  const client = new SNSClient({
    endpoint: gateway.endpoint,
    region,
    credentials: gateway.administratorOf(accountId),
  });
  try {
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
    const keyId = Attributes?.KmsMasterKeyId;
    if (keyId) await checkKey(keyId, topicArn, gateway, access);
    await checkSubscriptions(client, topicArn, access);
    await client.send(new PublishCommand({ TopicArn: topicArn, Message: message }));
  } finally {
    client.destroy();
  }
}
