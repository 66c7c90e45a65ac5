import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { CustomControl } from '../../controls/control';
import { type FindingMessage, findingVersion } from '../../core/finding';
import type { Verdict } from './verdict';

/** The resource that a configuration item is about. */
export interface FindingSource {
  accountId: string;
  region: string;
  resourceType: string;
  resourceId: string;
  capturedAt: Date;
}

/** Violations and steps are there for a human who peeks at the queue; this many are enough, and keep the message small. */
const mostListed = 50;

/** The message that tells the hub about a resource. */
export function findingMessage(
  control: CustomControl,
  source: FindingSource,
  verdict: Verdict,
): FindingMessage {
  return {
    version: findingVersion,
    type: 'finding',
    accountId: source.accountId,
    region: source.region,
    control: control.id,
    resourceType: source.resourceType,
    resourceId: source.resourceId,
    capturedAt: source.capturedAt.toISOString(),
    violations: verdict.violations.slice(0, mostListed),
    steps: verdict.steps.slice(0, mostListed),
  };
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
