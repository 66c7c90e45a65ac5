import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { Context, SQSEvent } from 'aws-lambda';
import { requiredVariable } from '../../../core/environment';
import { CoverageStore } from '../../../ledger/coverage';
import { ledgerDocuments } from '../../../ledger/documents';
import { KeptTree } from '../../../ledger/kept-tree';
import { treeOf } from '../../../ledger/organization-tree';
import { assume } from '../../member-session/assume';
import { isUsable } from '../../usable-tree';
import { Dispatcher } from './dispatcher';
import { invokeWalker, walkerClient } from './invoke-walker';
import { patrolPolicySchema } from './policy';
import { walkSessionPolicy } from './session-policy';

const client = {
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};
const log = new Logger({ serviceName: 'patrol-dispatcher' });
const now = () => new Date();
const ledgerTable = requiredVariable('LEDGER_TABLE');
const queueUrl = requiredVariable('PATROL_QUEUE_URL');
const documents = ledgerDocuments(client);
const kept = new KeptTree(documents, ledgerTable);
const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
const sts = new STSClient(client);
const lambda = walkerClient();

/** Thrown while the coordinator keeps no tree of the organization that is younger than a day. */
class NoTreeError extends Error {
  override readonly name = 'NoTreeError';
}

const dispatcher = new Dispatcher({
  policy: patrolPolicySchema.parse(JSON.parse(readFileSync(join(__dirname, 'patrol.json'), 'utf8'))),
  coverage: new CoverageStore(documents, ledgerTable),
  async tree() {
    const { kept: generation } = await kept.head();
    const content = generation && (await kept.load(generation));
    const tree =
      generation &&
      content !== undefined &&
      treeOf(content, {
        readAt: new Date(generation.readAt),
        tookMilliseconds: generation.tookMilliseconds,
      });
    if (tree && isUsable(tree, now())) return tree;
    throw new NoTreeError('The ledger holds no tree of the organization that is younger than a day.');
  },
  async send(messages, delaySeconds = 0) {
    for (const message of messages) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(message),
          ...(delaySeconds > 0 && { DelaySeconds: delaySeconds }),
        }),
      );
    }
  },
  assume: (place, resourceTypes) =>
    assume(sts, place.accountId, 'patrol', {
      name: 'staunch-patrol',
      policy: walkSessionPolicy(place, resourceTypes),
    }),
  invoke: (request) => invokeWalker(lambda, request),
  now,
  log: {
    info: (message: string, more: object) => log.info(message, { ...more }),
    warn: (message: string, why: string) => log.warn(message, { why }),
  },
});

/** Until the coordinator has read the organization, as after the first deployment, nobody knows what to patrol: the next time does. */
async function schedule(): Promise<void> {
  try {
    await dispatcher.schedule();
  } catch (error) {
    if (!(error instanceof NoTreeError)) throw error;
    log.warn(error.message);
  }
}

/**
 * Lambda's entry, woken by a schedule with `{ "schedule": true }`, and by the patrol's queue, one message at a time.
 * @throws whatever kept a message from being handled, so that it comes back
 */
export async function handler(event: SQSEvent | { schedule: true }, context: Context): Promise<void> {
  log.addContext(context);
  if ('schedule' in event) return schedule();
  for (const { body, messageId } of event.Records) {
    try {
      await dispatcher.receive(body);
    } catch (error) {
      log.error('A patrol could not be made', { messageId, error: String(error) });
      throw error;
    }
  }
}
