import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { cut } from '../../../core/cut';
import { functionNames } from '../../../core/names';
import { invokingClient } from '../../invoking-client';
import {
  type ProbeRequest,
  probeAnswerSchema,
  type WalkAnswer,
  type WalkRequest,
  walkAnswerSchema,
} from '../walk-answer';

/** Longer than the walker's timeout of 300 seconds, so that its end is always heard. */
export const invocationMilliseconds = 310_000;

/** Thrown when the walker gave no answer that can be believed. Nothing counts as covered then; the message comes back. */
export class WalkerError extends Error {
  override readonly name = 'WalkerError';
}

/** A Lambda client for the walker: one attempt, and a time limit that throws. */
export function walkerClient(): LambdaClient {
  return invokingClient(invocationMilliseconds);
}

/**
 * Invokes the walker and waits for its answer. Never asynchronously: Lambda stores the payload of an asynchronous invocation, and this
 * one holds credentials. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
 * @throws WalkerError when it ended with an error or answered nonsense; Lambda's own error when it was not invoked
 */
export async function invokeWalker(lambda: LambdaClient, request: WalkRequest): Promise<WalkAnswer> {
  return checkAnswer(request, await answerOf(lambda, request));
}

/**
 * Has the walker send a probe on.
 * @throws WalkerError when it did not; Lambda's own error when it was not invoked
 */
export async function invokeWithProbe(lambda: LambdaClient, request: ProbeRequest): Promise<void> {
  const answer = probeAnswerSchema.safeParse(await answerOf(lambda, request));
  if (!answer.success) throw new WalkerError('The walker gave an answer to a probe that is malformed.');
  if (answer.data.words !== undefined) throw new WalkerError(answer.data.words);
}

async function answerOf(lambda: LambdaClient, request: WalkRequest | ProbeRequest): Promise<unknown> {
  const { FunctionError: functionError, Payload: payload } = await lambda.send(
    new InvokeCommand({
      FunctionName: functionNames.patrolWalker,
      InvocationType: 'RequestResponse',
      Payload: Buffer.from(JSON.stringify(request)),
    }),
  );
  const text = Buffer.from(payload ?? []).toString('utf8');
  if (functionError) throw new WalkerError(`The walker ended with an error: ${cut(text, 300)}`);
  return parseJson(text);
}

/**
 * Makes sure that an answer speaks of what was asked: each type that was to be walked is covered, not covered or left, and no other.
 * @throws WalkerError when it does not
 */
export function checkAnswer({ resourceTypes, from }: WalkRequest, value: unknown): WalkAnswer {
  const parsed = walkAnswerSchema.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole').join(', ');
    throw new WalkerError(`The walker gave an answer that is malformed at ${where}.`);
  }
  const { covered, notCovered, next } = parsed.data;
  const asked = resourceTypes.slice(from ? Math.max(resourceTypes.indexOf(from.resourceType), 0) : 0);
  const left = next ? asked.slice(asked.indexOf(next.resourceType)) : [];
  const said = [...covered, ...notCovered].map(({ type }) => type);
  const isWhole =
    (next === undefined || asked.includes(next.resourceType)) &&
    [...said, ...left].sort().join('\n') === [...asked].sort().join('\n');
  if (!isWhole) throw new WalkerError('The walker answered about other types than it was asked about.');
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WalkerError('The walker gave an answer that is not JSON.', { cause });
  }
}
