import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import type { Waiting } from '../../../core/jittered';
import { probeVersion } from '../../../core/probe';
import { isFixableResourceType } from '../../../resources/resource-types';
import { walks } from '../../../resources/walks';
import { deadlineIn } from '../../remediation/deadline';
import {
  type ProbeAnswer,
  type ProbeRequest,
  probeRequestSchema,
  type WalkAnswer,
  walkRequestSchema,
} from '../walk-answer';
import type { JudgingControl } from './judge-resource';
import { readTrails } from './read-trails';
import { sendLooks, sendProbe } from './send-looks';
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
  /** Of the place it does what each walk begins with, and then sends the mark on; it looks at no resource. */
  const probed = async (request: ProbeRequest, signal: AbortSignal): Promise<ProbeAnswer> => {
    const { accountId, region, mark } = request;
    const trail = await readTrails(request, signal);
    if ('words' in trail) return { version: 1, words: trail.words };
    const way = { accountId, region, detector: 'patrol' as const };
    await sendProbe(sqs, queueUrl, { version: probeVersion, type: 'probe', ...way, mark });
    return { version: 1 };
  };
  return async (payload: unknown, context: Context): Promise<WalkAnswer | ProbeAnswer> => {
    const remaining = () => context.getRemainingTimeInMillis();
    const signal = deadlineIn(Math.max(1, remaining() - reserveMilliseconds));
    const probe = probeRequestSchema.safeParse(payload);
    if (probe.success) return probed(probe.data, signal);
    const request = walkRequestSchema.safeParse(payload);
    if (!request.success) throw new WalkRequestError('The request cannot be understood.');
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
