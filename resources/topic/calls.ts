import {
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  SetTopicAttributesCommand,
  type SNSClient,
} from '@aws-sdk/client-sns';
import { asWrite } from '../kit/aws-error';
import type { ResourceAccess } from '../kit/live-resource';

/** One topic, and the client of the session that may read it. */
export interface TopicReads extends Pick<ResourceAccess, 'signal'> {
  client: SNSClient;
  arn: string;
}

/** One topic, and the client of the session that may reach it. */
export interface TopicAccess extends TopicReads, Pick<ResourceAccess, 'mayWrite'> {}

/** `Attributes`: those that decide who can reach the topic. SNS answers all that there are. */
export async function getAttributes({ client, arn, signal: abortSignal }: TopicReads) {
  const answer = await client.send(new GetTopicAttributesCommand({ TopicArn: arn }), { abortSignal });
  const { TopicArn = arn, Policy } = answer.Attributes ?? {};
  return { Attributes: { TopicArn, ...(Policy !== undefined && { Policy }) } };
}

/** The topic's tags. */
export async function getTags({ client, arn: ResourceArn, signal: abortSignal }: TopicReads) {
  const { Tags = [] } = await client.send(new ListTagsForResourceCommand({ ResourceArn }), { abortSignal });
  return Tags;
}

/**
 * Replaces the policy as a whole. SNS takes no empty one, which its own error says.
 * https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
 * @param policy its text; undefined has no statement, and is refused
 * @throws StoppedError; SNS's own error, of which `mayHaveBeenMade` knows what it says of the write
 */
export async function putPolicy(access: TopicAccess, policy: string | undefined): Promise<void> {
  const { client, arn: TopicArn, signal: abortSignal } = access;
  const put = new SetTopicAttributesCommand({
    TopicArn,
    AttributeName: 'Policy',
    AttributeValue: policy ?? '',
  });
  await access.mayWrite();
  await asWrite(client.send(put, { abortSignal }));
}
