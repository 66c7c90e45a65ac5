import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import { parseCompiledPolicy } from '../../config/compiled';
import { requiredVariable } from '../../core/environment';
import { realWaiting } from '../../core/jittered';
import { ledgerDocuments } from '../../ledger/table/documents';
import { invokingClient } from '../invoking-client';
import { Door, type DoorRequest } from './door';
import { doorParts } from './parts';

const client = {
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};
const log = new Logger({ serviceName: 'orders' });

const door = new Door(
  doorParts({
    policy: parseCompiledPolicy(readFileSync(join(__dirname, 'policy.json'), 'utf8')),
    documents: ledgerDocuments(client),
    ledgerTable: requiredVariable('LEDGER_TABLE'),
    savedStatesTable: requiredVariable('SAVED_STATES_TABLE'),
    // Longer than anybody waits for it here.
    lambda: invokingClient(30_000),
    // This function has no token to ask Slack with.
    asOfNow: async (actor) => actor,
    now: () => new Date(),
    pause: realWaiting.pause,
    after: (milliseconds, fire) => {
      const timer = setTimeout(fire, milliseconds);
      return () => clearTimeout(timer);
    },
    newKey: randomUUID,
    log: {
      info: (message, details) => log.info(message, details),
      warn: (message, details) => log.warn(message, details),
      error: (message, details) => log.error(message, details),
    },
  }),
);

/**
 * Lambda's entry, called by API Gateway for `POST /orders`, which has verified the signature and says whose it is.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export async function handler(event: DoorRequest, context: Context): Promise<APIGatewayProxyResult> {
  log.addContext(context);
  const { status, body } = await door.answer(event);
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}
