import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { readParameterSets } from '../../../controls/parameter-sets';
import { customControls } from '../../../controls/registry';
import { requiredVariable } from '../../../core/environment';
import { realWaiting } from '../../../core/jittered';
import type { ProbeAnswer, WalkAnswer } from '../walk-answer';
import { walkerFunction } from './function';

const log = new Logger({ serviceName: 'patrol-walker' });
/** By control id: JSON, as the rule function carries them. */
const sets = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(join(__dirname, 'parameter-sets.json'), 'utf8')));
const walked = walkerFunction({
  sqs: new SQSClient({ useQueueUrlAsEndpoint: false }),
  queueUrl: requiredVariable('REMEDIATION_QUEUE_URL'),
  judging: customControls.flatMap((control) => {
    const text = sets[control.id];
    return text === undefined ? [] : [{ control, parametersOf: readParameterSets(control, text) }];
  }),
  waiting: realWaiting,
  log: { info: (message: string, more: object) => log.info(message, { ...more }) },
});

/**
 * Lambda's entry: the dispatcher invokes it with a session for one account and Region.
 * @throws WalkRequestError for a request that makes no sense; what sending looks throws
 */
export async function handler(payload: unknown, context: Context): Promise<WalkAnswer | ProbeAnswer> {
  log.addContext(context);
  return walked(payload, context);
}
