import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { Context, SQSEvent } from 'aws-lambda';
import { requiredVariable } from '../../../core/environment';
import { ledgerDocuments } from '../../../ledger/table/documents';
import { NoTreeError } from '../../tree-reader';
import { Dispatcher } from './dispatcher';
import { walkerClient } from './invoke-walker';
import { dispatcherParts } from './parts';
import { patrolPolicySchema } from './policy';

const client = {
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};
const log = new Logger({ serviceName: 'patrol-dispatcher' });

const dispatcher = new Dispatcher(
  dispatcherParts({
    policy: patrolPolicySchema.parse(JSON.parse(readFileSync(join(__dirname, 'patrol.json'), 'utf8'))),
    documents: ledgerDocuments(client),
    ledgerTable: requiredVariable('LEDGER_TABLE'),
    sqs: new SQSClient({ ...client, useQueueUrlAsEndpoint: false }),
    queueUrl: requiredVariable('PATROL_QUEUE_URL'),
    sts: new STSClient(client),
    lambda: walkerClient(),
    now: () => new Date(),
    log: {
      info: (message: string, more: object) => log.info(message, { ...more }),
      warn: (message: string, why: string) => log.warn(message, { why }),
    },
  }),
);

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
