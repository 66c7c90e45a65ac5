import { setTimeout } from 'node:timers/promises';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { customFacts, factsById } from '../../controls/facts';
import { requiredVariable } from '../../core/environment';
import { ledgerDocuments } from '../../ledger/documents';
import { PostedNotes } from '../../ledger/posted-notes';
import { BotToken } from './bot-token';
import { DeadLetters } from './dead-letters';
import { type NotifierParts, notify } from './notifier';
import type { RuleOf } from './select';
import { SlackChannel, slackClient } from './slack-channel';

// A call that hangs must not eat the time of a whole batch.
const client = {
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};
const log = new Logger({ serviceName: 'notifier' });
const parts: NotifierParts = {
  hubAccountId: requiredVariable('HUB_ACCOUNT_ID'),
  titleOf: (controlId) => factsById(controlId)?.title,
  ruleOf,
  notes: new PostedNotes(ledgerDocuments(client), requiredVariable('LEDGER_TABLE')),
  slack: new SlackChannel({
    token: new BotToken(new SecretsManagerClient(client), requiredVariable('SLACK_SECRET_ARN')),
    channel: requiredVariable('SLACK_CHANNEL'),
    newClient: slackClient,
    sleep: (milliseconds) => setTimeout(milliseconds),
    now: Date.now,
  }),
  deadLetters: new DeadLetters(
    new SQSClient({ ...client, useQueueUrlAsEndpoint: false }),
    requiredVariable('DEAD_LETTERS_URL'),
  ),
  log,
  now: () => new Date(),
};

function ruleOf(controlId: string): ReturnType<RuleOf> {
  if (customFacts.some(({ id }) => id === controlId)) return 'custom';
  return factsById(controlId) && 'managed';
}

/**
 * Lambda's entry, woken by the notifier's queue, behind the topic with raw message delivery:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
 * @returns the messages that were not told; each of them comes back
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  log.addContext(context);
  const tell = async ({ body, messageId }: SQSRecord): Promise<void> => {
    try {
      await notify(parts, body, () => context.getRemainingTimeInMillis());
    } catch (error) {
      log.error('A message could not be told', { messageId, error: String(error) });
      throw error;
    }
  };
  return processPartialResponse(event, tell, new BatchProcessor(EventType.SQS, { logger: log }), {
    // One after the other: Slack takes about one message a second for a channel.
    processInParallel: false,
    throwOnFullBatchFailure: false,
  });
}
