import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { parseCompiledPolicy } from '../../config/compiled';
import { customFacts, factsById } from '../../controls/facts';
import { requiredVariable } from '../../core/environment';
import { Cards } from '../../ledger/cards/cards';
import { sendPostHint } from '../../ledger/cards/post-hints';
import { KeptTree } from '../../ledger/organization/kept-tree';
import { PolicyNames } from '../../ledger/organization/policy-names';
import { ledgerDocuments } from '../../ledger/table/documents';
import { TreeReader } from '../tree-reader';
import { accountPlaces } from './account-places';
import { DeadLetters } from './dead-letters';
import { Intake } from './intake';
import type { RuleOf } from './select';

// A call that hangs must not eat the time of a whole batch.
const client = {
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};
const log = new Logger({ serviceName: 'notifier' });
const now = () => new Date();
const policy = parseCompiledPolicy(readFileSync(join(__dirname, 'policy.json'), 'utf8'));
const ledgerTable = requiredVariable('LEDGER_TABLE');
const documents = ledgerDocuments(client);
const queue = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
const queueUrl = requiredVariable('QUEUE_URL');
const postsUrl = requiredVariable('POSTS_URL');
const tree = new TreeReader(new KeptTree(documents, ledgerTable), now);
const names = new PolicyNames(documents, ledgerTable);
const deadLetters = new DeadLetters(queue, requiredVariable('DEAD_LETTERS_URL'));

function ruleOf(controlId: string): ReturnType<RuleOf> {
  if (customFacts.some(({ id }) => id === controlId)) return 'custom';
  return factsById(controlId) && 'managed';
}

/**
 * Lambda's entry, woken by the notifier's queue, behind the topic with raw message delivery, with what came within a second or two:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
 * @returns the messages that were not taken in; each of them comes back
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  log.addContext(context);
  const intake = new Intake({
    policy,
    ruleOf,
    cards: new Cards(documents, ledgerTable, now),
    placeOf: accountPlaces({ policy, tree, names }),
    deadLetters,
    hint: (channel) => sendPostHint(queue, postsUrl, channel),
    async postpone({ receiptHandle }, seconds) {
      await queue.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        }),
      );
    },
    log,
    now,
  });
  const failed = await intake.take(
    event.Records.map(({ messageId, body, receiptHandle, attributes }) => ({
      messageId,
      body,
      receiptHandle,
      sentAt: Number(attributes.SentTimestamp),
    })),
  );
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
