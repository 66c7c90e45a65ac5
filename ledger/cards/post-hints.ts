import { randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** What a hint says. It is no more than that: what is to be posted stands in the ledger. */
export interface PostHint {
  channel: string;
}

/**
 * Wakes the poster for a channel. Hints of one channel are one message group, so that one is worked on at a time:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagegroupid-property.html
 * No two are the same: SQS drops what it has seen within five minutes, and a hint may be of something that was written since.
 * @param queueUrl of the posts' queue
 * @throws SQS's own error; what the outbox holds is posted within a minute all the same
 */
export async function sendPostHint(
  queue: Pick<SQSClient, 'send'>,
  queueUrl: string,
  channel: string,
): Promise<void> {
  const hint: PostHint = { channel };
  await queue.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: JSON.stringify(hint),
      MessageGroupId: channel,
      MessageDeduplicationId: randomUUID(),
    }),
  );
}
