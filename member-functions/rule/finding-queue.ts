import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { FindingMessage } from '../../core/finding-message';

/**
 * The client of the hub's remediation queue. The queue lies in the hub's Region, and its URL names the hub's account; the SDK
 * must not take it for an endpoint.
 */
export function queueClient(hubRegion: string): SQSClient {
  return new SQSClient({ region: hubRegion, useQueueUrlAsEndpoint: false });
}

/**
 * Sends a finding to the hub's remediation queue. The account is the message group, so that one noisy account does not
 * hold up the others: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
 */
export async function sendFinding(
  queue: Pick<SQSClient, 'send'>,
  queueUrl: string,
  message: FindingMessage,
): Promise<void> {
  await queue.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: JSON.stringify(message),
      MessageGroupId: message.accountId,
    }),
  );
}
