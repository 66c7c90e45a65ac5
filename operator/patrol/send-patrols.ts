import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { queueNames } from '../../core/names';
import type { PatrolMessage } from '../../core/patrol-message';
import { queueUrl } from '../../core/queue-address';
import { OperatorError } from '../errors';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const mostInBatch = 10;

/**
 * Puts messages on the patrol's queue. Its address follows from its place, so that no further right is required:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 * @param hub where the queue is
 * @throws OperatorError when SQS did not take all of them; and the SDK's errors
 */
export async function sendPatrols(
  client: SQSClient,
  hub: { account: string; region: string },
  messages: readonly PatrolMessage[],
): Promise<void> {
  const QueueUrl = queueUrl(hub.account, hub.region, queueNames.patrol);
  for (let from = 0; from < messages.length; from += mostInBatch) {
    const Entries = messages
      .slice(from, from + mostInBatch)
      .map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message) }));
    const { Failed: failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const [first] = failed;
    if (first)
      throw new OperatorError(
        `SQS did not take ${failed.length} of the messages (${first.Code ?? 'no code'}). Ask again: to patrol a place twice does no harm.`,
      );
  }
}
