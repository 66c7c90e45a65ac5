import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { slackActionReceives } from '../../../core/action-receives';
import { secondsUntilNext } from '../../notifier/poster/hints';
import type { ActionMessage } from '../action-message';
import { type GivingUpParts, giveUp, sayUnfilled } from './giving-up';
import { messageOf } from './received';

/** What receiving takes. */
export interface ReceivingParts extends GivingUpParts {
  /** @param isFirst whether the message comes for the first time */
  take(message: ActionMessage, isFirst: boolean): Promise<void>;
  /** Has a message come back after so many seconds. */
  comeBack(receiptHandle: string, seconds: number): Promise<void>;
}

/** A message of the queue, as Lambda gives it. */
export type ReceivedRecord = Pick<SQSRecord, 'messageId' | 'body' | 'receiptHandle'> & {
  attributes: Pick<SQSRecord['attributes'], 'ApproximateReceiveCount'>;
};

/**
 * Takes messages of what people did in Slack.
 * @returns what has to come back: it comes back soon, since somebody waits for it. What fails for the last time is told as not done
 */
export async function receive(
  records: readonly ReceivedRecord[],
  parts: ReceivingParts,
): Promise<SQSBatchResponse> {
  const { take, comeBack, log } = parts;
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const { messageId, body, receiptHandle, attributes } of records) {
    const received = Number(attributes.ApproximateReceiveCount);
    try {
      await take(messageOf(body), received === 1);
    } catch (error) {
      const seconds = secondsUntilNext(received);
      log.warn('What somebody did in Slack has to come again', { messageId, seconds, error: String(error) });
      batchItemFailures.push({ itemIdentifier: messageId });
      const isLast = received >= slackActionReceives;
      await sayUnfilled(body, isLast, parts);
      if (isLast) await giveUp(body, parts);
      await comeBack(receiptHandle, seconds);
    }
  }
  return { batchItemFailures };
}
