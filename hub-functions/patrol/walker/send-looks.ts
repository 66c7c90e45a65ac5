import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type Waiting, withRetries } from '../../../core/jittered';
import type { LookMessage } from '../../../core/look-message';
import type { ProbeMessage } from '../../../core/probe';

/** SQS takes ten messages together: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const mostInBatch = 10;

/** Thrown when the remediation queue took some looks and, tried again, still not the others. */
export class LooksNotTakenError extends Error {
  override readonly name = 'LooksNotTakenError';
}

/**
 * Sends a probe to the remediation queue, as a look is sent.
 * @throws SQS's own error
 */
export async function sendProbe(
  sqs: Pick<SQSClient, 'send'>,
  queueUrl: string,
  probe: ProbeMessage,
): Promise<void> {
  const { accountId } = probe;
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: JSON.stringify(probe),
      MessageGroupId: accountId,
    }),
  );
}

/**
 * Sends looks to the remediation queue; those that it does not take of a batch are sent again. The account is the message group, as
 * for findings, so that a walk that finds much holds up no other account.
 * @throws LooksNotTakenError; SQS's own error when a call was refused. A look may be sent twice.
 */
export async function sendLooks(
  sqs: Pick<SQSClient, 'send'>,
  queueUrl: string,
  looks: readonly LookMessage[],
  waiting: Waiting,
): Promise<void> {
  for (let first = 0; first < looks.length; first += mostInBatch) {
    let left = looks.slice(first, first + mostInBatch);
    await withRetries(async () => {
      const { Failed = [] } = await sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: left.map((look, index) => ({
            Id: String(index),
            MessageBody: JSON.stringify(look),
            MessageGroupId: look.accountId,
          })),
        }),
      );
      const failed = new Set(Failed.map(({ Id }) => Id));
      left = left.filter((_look, index) => failed.has(String(index)));
      if (left.length > 0) {
        throw new LooksNotTakenError(
          `The remediation queue did not take ${left.length} looks: ${Failed[0]?.Code ?? 'no code'}.`,
        );
      }
    }, waiting);
  }
}
