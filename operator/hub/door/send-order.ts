import type { Waiting } from '../../../core/jittered';
import { isCarriedOut, type OrderAnswer, type OrderRequest } from '../../../core/order';
import { printable } from '../../../resources/kit/printable';
import { OperatorError } from '../../errors';
import { connectionCode } from '../hub-error';
import { RefusedOrderError } from './refused-order';
import { type DoorReply, replyOf } from './reply';
import type { HttpAnswer } from './signed-posts';
import { UnconfirmedOrderError } from './unconfirmed-order';

/** Longer than the coordinator's timeout of 180 seconds, with a second try of what stopped half-way. */
const wholeMilliseconds = 400_000;
/** Where nothing was ever reached, it is not worth so long. */
const mostUnreached = 4;
const firstPause = 500;
const longestPause = 15_000;

/** What sending an order takes. */
export interface SendingParts {
  /** Sends a body once. */
  post(body: string): Promise<HttpAnswer>;
  waiting: Waiting;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Why there is no answer yet. */
interface Unanswered {
  error: Error;
  /** Whether another try may bring one. */
  again: boolean;
  /** Whether the order may be in the hub. */
  mayBeTaken: boolean;
}

/**
 * Sends an order until it is answered: the same body with the same key, so that it has one effect, after pauses that grow.
 * @returns the hub's answer, which may say that nothing was done
 * @throws RefusedOrderError when the hub did not take it
 * @throws UnconfirmedOrderError when it may be in the hub, and there was no answer in time
 * @throws the SDK's errors, and AWS's as `DoorError`, when it is not in the hub, or would change nothing
 */
export async function sendOrder(order: OrderRequest, parts: SendingParts): Promise<OrderAnswer> {
  const { waiting, now } = parts;
  const body = JSON.stringify(order);
  const end = now() + wholeMilliseconds;
  let mayBeTaken = false;
  for (let tries = 1; ; tries += 1) {
    const reply = await sendOnce(body, parts);
    if ('answer' in reply) return reply.answer;
    mayBeTaken ||= reply.mayBeTaken;
    const pause = pauseMilliseconds(tries, waiting);
    const isPointless = !mayBeTaken && isOffline(reply.error) && tries >= mostUnreached;
    if (!reply.again || isPointless || now() + pause >= end) throw endOf(order, reply.error, mayBeTaken);
    await waiting.pause(pause);
  }
}

function pauseMilliseconds(tries: number, { random }: Waiting): number {
  // Half of it at random, so that those who were turned away together do not come back together.
  return Math.round(Math.min(firstPause * 2 ** (tries - 1), longestPause) * (0.5 + random() / 2));
}

async function sendOnce(
  body: string,
  { post }: SendingParts,
): Promise<Extract<DoorReply, { answer: unknown }> | Unanswered> {
  let posted: HttpAnswer;
  try {
    posted = await post(body);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = connectionCode(error);
    const again = code !== undefined || error.name === 'TimeoutError';
    return { error, again, mayBeTaken: code !== undefined && lostAnswers.has(code) };
  }
  const reply = replyOf(posted);
  if ('answer' in reply) return reply;
  if ('refused' in reply) throw new RefusedOrderError(reply.refused);
  if ('stopped' in reply) return { error: reply.stopped, again: false, mayBeTaken: false };
  if ('again' in reply) return { error: reply.again, again: true, mayBeTaken: reply.mayBeTaken };
  const text = `What came back cannot be understood, at ${reply.strange}. Are the hub and this side of the same version, and is it the hub's URL?`;
  return { error: new OperatorError(printable(text)), again: false, mayBeTaken: true };
}

/**
 * Codes of a connection that was there: what was sent may have arrived. A time limit for an answer has one of them, and one for the
 * connection none: https://github.com/smithy-lang/smithy-typescript/tree/main/packages/node-http-handler
 */
const lostAnswers: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

function isOffline(error: Error): boolean {
  return connectionCode(error) !== undefined || error.name === 'TimeoutError';
}

function endOf(order: OrderRequest, error: Error, mayBeTaken: boolean): Error {
  if (!mayBeTaken || !isCarriedOut(order)) return error;
  const said = printable(error.message);
  return new UnconfirmedOrderError(/[.!?]$/.test(said) ? said : `${said}.`, order);
}
