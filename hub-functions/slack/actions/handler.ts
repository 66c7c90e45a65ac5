import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { parseCompiledPolicy } from '../../../config/compiled';
import { factsById } from '../../../controls/facts';
import { requiredVariable } from '../../../core/environment';
import { realWaiting } from '../../../core/jittered';
import { Cards } from '../../../ledger/cards/cards';
import { sendPostHint } from '../../../ledger/cards/post-hints';
import { Proposals } from '../../../ledger/orders/proposals';
import { ledgerDocuments } from '../../../ledger/table/documents';
import { invokingClient } from '../../invoking-client';
import { BotToken } from '../../notifier/bot-token';
import { Door } from '../../orders/door';
import { doorParts } from '../../orders/parts';
import { SlackApi } from '../api';
import { Actions } from './actions';
import { faceOf } from './face';
import { SlackPeople } from './people';
import { receive } from './receiving';

const client = {
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};
const logger = new Logger({ serviceName: 'slack-actions' });
const log = {
  info: (message: string, details: Record<string, unknown>) => logger.info(message, details),
  warn: (message: string, details: Record<string, unknown>) => logger.warn(message, details),
  error: (message: string, details: Record<string, unknown>) => logger.error(message, details),
};
const now = () => new Date();
const policy = parseCompiledPolicy(readFileSync(join(__dirname, 'policy.json'), 'utf8'));
const ledgerTable = requiredVariable('LEDGER_TABLE');
const queueUrl = requiredVariable('ACTIONS_QUEUE_URL');
const postsUrl = requiredVariable('POSTS_URL');
const documents = ledgerDocuments(client);
const queue = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
const slack = new SlackApi({
  token: new BotToken(new SecretsManagerClient(client), requiredVariable('SLACK_SECRET_ARN')),
  fetch: (url, init) => fetch(url, init),
  timeout: 10_000,
});
const people = new SlackPeople({ policy, slack, now, log });
const door = new Door(
  doorParts({
    policy,
    documents,
    ledgerTable,
    // No order that comes by Slack asks for a saved state.
    savedStatesTable: ledgerTable,
    lambda: invokingClient(30_000),
    asOfNow: (actor) => people.asOfNow(actor),
    now,
    pause: realWaiting.pause,
    after: (milliseconds, fire) => {
      const timer = setTimeout(fire, milliseconds);
      return () => clearTimeout(timer);
    },
    newKey: randomUUID,
    log,
  }),
);
const cards = new Cards(documents, ledgerTable, now);
const hint = (channel: string) => sendPostHint(queue, postsUrl, channel);
const actions = new Actions({
  people,
  door,
  proposals: new Proposals(documents, ledgerTable),
  cards,
  face: faceOf((controlId) => factsById(controlId)?.title, now),
  slack,
  hint,
  async send(message) {
    await queue.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
  },
  now,
  log,
});

/**
 * Lambda's entry, woken by the queue of what people did in Slack.
 * @returns what has to come back
 */
export function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context);
  return receive(event.Records, {
    take: (message, isFirst) => actions.take(message, isFirst),
    async comeBack(receiptHandle, seconds) {
      await queue.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        }),
      );
    },
    cards,
    slack,
    hint,
    log,
  });
}
