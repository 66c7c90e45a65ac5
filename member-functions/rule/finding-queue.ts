import type { FindingMessage } from '../../core/finding-message';
import type { ProbeMessage } from '../../core/probe';
import type { JsonApi } from './aws-api/endpoint';
import type { AwsCall } from './aws-api/json-api';

/** SQS, as what calls it is made. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export const sqs = {
  endpointPrefix: 'sqs',
  serviceId: 'SQS',
  target: 'AmazonSQS',
  protocol: '1.0',
} as const satisfies JsonApi;

/**
 * Sends a finding, or a probe of the doctor, to the hub's remediation queue. The account is the message group, so that one noisy account does not
 * hold up the others: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
 * @param callSqs of the hub's Region, where the queue is; the queue's URL names the hub's account
 */
export async function sendToHub(
  callSqs: AwsCall,
  queueUrl: string,
  message: FindingMessage | ProbeMessage,
): Promise<void> {
  await callSqs('SendMessage', {
    QueueUrl: queueUrl,
    MessageBody: JSON.stringify(message),
    MessageGroupId: message.accountId,
  });
}
