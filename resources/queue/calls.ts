import {
  GetQueueAttributesCommand,
  ListQueueTagsCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { asWrite } from '../kit/aws-error';
import type { ResourceAccess } from '../kit/live-resource';

/** One queue, and the client of the session that may read it. */
export interface QueueReads extends Pick<ResourceAccess, 'signal'> {
  client: SQSClient;
  url: string;
}

/** One queue, and the client of the session that may reach it. */
export interface QueueAccess extends QueueReads, Pick<ResourceAccess, 'mayWrite'> {}

/** `Attributes`: those that decide who can reach the queue, and which queue it is. */
export async function getAttributes({ client, url: QueueUrl, signal: abortSignal }: QueueReads) {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn', 'CreatedTimestamp', 'Policy'] }),
    { abortSignal },
  );
  return { Attributes };
}

/** The queue's tags. */
export async function getTags({ client, url: QueueUrl, signal: abortSignal }: QueueReads) {
  const { Tags = {} } = await client.send(new ListQueueTagsCommand({ QueueUrl }), { abortSignal });
  return Object.entries(Tags).map(([Key, Value]) => ({ Key, Value }));
}

/**
 * Replaces the policy as a whole; an empty one deletes it:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/2009-02-01/APIReference/Query_QuerySetQueueAttributes.html
 * @param policy its text; undefined deletes it
 * @throws StoppedError; SQS's own error, of which `mayHaveBeenMade` knows what it says of the write
 */
export async function putPolicy(access: QueueAccess, policy: string | undefined): Promise<void> {
  const { client, url: QueueUrl, signal: abortSignal } = access;
  const put = new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: policy ?? '' } });
  await access.mayWrite();
  await asWrite(client.send(put, { abortSignal }));
}
