import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { parseCompiledPolicy } from '../../../config/compiled';
import { factsById } from '../../../controls/facts';
import { requiredVariable } from '../../../core/environment';
import { Cards } from '../../../ledger/cards/cards';
import { Channels } from '../../../ledger/cards/channels';
import { DigestMembers } from '../../../ledger/cards/members';
import { Outbox } from '../../../ledger/cards/outbox';
import { sendPostHint } from '../../../ledger/cards/post-hints';
import { ledgerDocuments } from '../../../ledger/table/documents';
import { BotToken } from '../bot-token';
import { DeadLetters } from '../dead-letters';
import { channelIn, secondsUntilNext } from './hints';
import { Poster } from './poster';
import { callMilliseconds, SlackPosts, slackClient } from './slack-posts';

// A call that hangs must not eat the time of a whole run.
const client = {
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};
const log = new Logger({ serviceName: 'slack-poster' });
const now = () => new Date();
const { slack, approvals } = parseCompiledPolicy(readFileSync(join(__dirname, 'policy.json'), 'utf8'));
const channels = [...new Set([slack.channel, ...slack.routes.map(({ channel }) => channel)])];
const ledgerTable = requiredVariable('LEDGER_TABLE');
const documents = ledgerDocuments(client);
const queue = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
const postsUrl = requiredVariable('POSTS_URL');
const outbox = new Outbox(documents, ledgerTable);
const poster = new Poster({
  cards: new Cards(documents, ledgerTable, now),
  members: new DigestMembers(documents, ledgerTable),
  outbox,
  channels: new Channels(documents, ledgerTable),
  slack: new SlackPosts({
    token: new BotToken(new SecretsManagerClient(client), requiredVariable('SLACK_SECRET_ARN')),
    newClient: slackClient,
    upload: (url, content) =>
      fetch(url, { method: 'POST', body: content, signal: AbortSignal.timeout(callMilliseconds) }),
  }),
  deadLetters: new DeadLetters(queue, requiredVariable('DEAD_LETTERS_URL')),
  titleOf: (controlId) => factsById(controlId)?.title,
  hasButtons: slack.team !== undefined && slack.app !== undefined,
  storm: slack.storm,
  expireMinutes: approvals.expireMinutes,
  newOwner: randomUUID,
  log,
  now,
  sleep: (milliseconds) => setTimeout(milliseconds),
});

/**
 * Lambda's entry, woken by hints of the posts' queue, of which each group is one channel; and each minute by a schedule, which wakes
 * every channel that has something due.
 * @returns the hints that have to come back: the channel could not be told everything. They keep the queue from being empty, for which
 *   there is an alarm
 */
export async function handler(
  event: SQSEvent | { sweep: true },
  context: Context,
): Promise<SQSBatchResponse | undefined> {
  log.addContext(context);
  if ('sweep' in event) {
    await wake();
    return undefined;
  }
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of event.Records) {
    const channel = channelIn(record.body);
    if (channel === undefined) {
      log.error('A hint names no channel', { messageId: record.messageId });
      continue;
    }
    const result = await poster.run(channel, () => context.getRemainingTimeInMillis());
    if (result.isDone) continue;
    const seconds = result.seconds ?? secondsUntilNext(Number(record.attributes.ApproximateReceiveCount));
    log.info('A channel has to be come back to', { channel, seconds, why: result.why });
    await queue.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: postsUrl,
        ReceiptHandle: record.receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
    batchItemFailures.push({ itemIdentifier: record.messageId });
  }
  return { batchItemFailures };
}

/** Wakes the channels that have something due. */
async function wake(): Promise<void> {
  const at = now().toISOString();
  for (const channel of channels) {
    const due = (await outbox.all(channel)).filter(({ dueAt }) => dueAt <= at);
    if (due.length > 0) await sendPostHint(queue, postsUrl, channel);
  }
}
