import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Gateway } from '../../gateway/api';
import { queueClient, queueOfArn } from '../lambda/queue';
import { sourceContext, type TargetAccess } from './target-access';

/**
 * Sends an event to a queue, whose policy has to allow that:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions
 *
 * @param body JSON text of the event
 * @throws AccessDeniedError
 */
export async function deliverToQueue(
  queueArn: string,
  body: string,
  ruleArn: string,
  gateway: Gateway,
  access: TargetAccess,
): Promise<void> {
  access.checkService('events.amazonaws.com', 'sqs:SendMessage', queueArn, sourceContext(ruleArn));
  const queue = queueOfArn(queueArn);
  const client = queueClient(gateway, queue.region, gateway.administratorOf(queue.accountId));
  try {
    await client.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body }));
  } finally {
    client.destroy();
  }
}
