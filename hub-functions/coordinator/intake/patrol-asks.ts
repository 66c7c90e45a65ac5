import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type PatrolMessage, patrolVersion } from '../../../core/patrol-message';

/** Asks the patrol to walk the resources of one type in an account and Region. */
export type AskForPatrol = (accountId: string, region: string, resourceType: string) => Promise<void>;

/**
 * Asks by a message on the patrol's queue, each time: the patrol's dispatcher binds requests together, so that many of them come to few
 * walks (`hub-functions/patrol/dispatcher/binding.ts`).
 * @param url the queue's
 * @returns the asking; it throws SQS's own error, and the message that made it ask has to come back then
 */
export function patrolAsks(sqs: Pick<SQSClient, 'send'>, url: string, now: () => Date): AskForPatrol {
  return async (accountId, region, resourceType) => {
    const message: PatrolMessage = {
      version: patrolVersion,
      type: 'patrol',
      accountId,
      region,
      resourceTypes: [resourceType],
      startedAt: now().toISOString(),
    };
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message) }));
  };
}
