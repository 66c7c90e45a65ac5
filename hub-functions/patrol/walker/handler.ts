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
import { isFixableResourceType } from '../../../resources/resource-types';
import { walks } from '../../../resources/walks';
import { deadlineIn } from '../../remediation/deadline';
import { type WalkAnswer, walkRequestSchema } from '../walk-answer';
import { readTrails } from './read-trails';
import { sendLooks } from './send-looks';
import { walk } from './walker';

/** Left of the function's time when calls are cut off, so that what is left is still told. */
const reserveMilliseconds = 15_000;

/** Thrown when a request cannot be understood. It quotes nothing: the request holds credentials. */
export class WalkRequestError extends Error {
  override readonly name = 'WalkRequestError';
}

const log = new Logger({ serviceName: 'patrol-walker' });
const queueUrl = requiredVariable('REMEDIATION_QUEUE_URL');
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
/** By control id: JSON, as the rule function carries them. */
const sets = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(join(__dirname, 'parameter-sets.json'), 'utf8')));
const judging = customControls.flatMap((control) => {
  const text = sets[control.id];
  return text === undefined ? [] : [{ control, parametersOf: readParameterSets(control, text) }];
});

/**
 * Lambda's entry: the dispatcher invokes it with a session for one account and Region. It has no other access to any member.
 * @throws WalkRequestError for a request that makes no sense; what sending looks throws
 */
export async function handler(payload: unknown, context: Context): Promise<WalkAnswer> {
  log.addContext(context);
  const request = walkRequestSchema.safeParse(payload);
  if (!request.success) throw new WalkRequestError('The request cannot be understood.');
  const remaining = () => context.getRemainingTimeInMillis();
  const signal = deadlineIn(Math.max(1, remaining() - reserveMilliseconds));
  const answer = await walk(
    request.data,
    {
      walkOf: (type) => (isFixableResourceType(type) ? walks[type]() : undefined),
      controlsOf: (type) => judging.filter(({ control }) => control.resourceType === type),
      readTrails,
      sendLooks: (looks) => sendLooks(sqs, queueUrl, looks, realWaiting),
    },
    { remaining, signal },
  );
  const { accountId, region } = request.data;
  const { covered, notCovered, looks, trail } = answer;
  const goesOn = answer.next?.resourceType;
  log.info('Walked', { accountId, region, covered, notCovered, looks, trail, goesOn });
  return answer;
}
