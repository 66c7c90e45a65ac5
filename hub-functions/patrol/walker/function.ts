import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import type { Waiting } from '../../../core/jittered';
import { isFixableResourceType } from '../../../resources/resource-types';
import { walks } from '../../../resources/walks';
import { deadlineIn } from '../../remediation/deadline';
import { type WalkAnswer, walkRequestSchema } from '../walk-answer';
import type { JudgingControl } from './judge-resource';
import { readTrails } from './read-trails';
import { sendLooks } from './send-looks';
import { walk } from './walker';

/** Left of the function's time when calls are cut off, so that what is left is still told. */
const reserveMilliseconds = 15_000;

/** Thrown when a request cannot be understood. It quotes nothing: the request holds credentials. */
export class WalkRequestError extends Error {
  override readonly name = 'WalkRequestError';
}

/** What the walker's function is made of. */
export interface WalkerSetUp {
  sqs: Pick<SQSClient, 'send'>;
  /** The remediation queue. */
  queueUrl: string;
  /** Every control, of whatever type. */
  judging: readonly JudgingControl[];
  waiting: Waiting;
  log: Pick<Console, 'info'>;
}

/**
 * The walker's function: it takes a session for one account and Region, and has no other access to any member.
 * @returns it throws WalkRequestError for a request that makes no sense, and what sending looks throws
 */
export function walkerFunction({ sqs, queueUrl, judging, waiting, log }: WalkerSetUp) {
  return async (payload: unknown, context: Context): Promise<WalkAnswer> => {
    const request = walkRequestSchema.safeParse(payload);
    if (!request.success) throw new WalkRequestError('The request cannot be understood.');
    const remaining = () => context.getRemainingTimeInMillis();
    const signal = deadlineIn(Math.max(1, remaining() - reserveMilliseconds));
    const answer = await walk(
      request.data,
      {
        walkOf: (type) => (isFixableResourceType(type) ? walks[type]() : undefined),
        readTrails,
        controlsOf: (type) => judging.filter(({ control }) => control.resourceType === type),
        sendLooks: (looks) => sendLooks(sqs, queueUrl, looks, waiting),
      },
      { remaining, signal },
    );
    const { accountId, region } = request.data;
    const { covered, notCovered, looks, trail } = answer;
    const goesOn = answer.next?.resourceType;
    log.info('Walked', { accountId, region, covered, notCovered, looks, trail, goesOn });
    return answer;
  };
}
