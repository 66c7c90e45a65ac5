import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { functionNames } from '../../core/names';
import { type OrderAnswer, type OrderRequest, orderAnswerSchema } from '../../core/order';
import { printable } from '../../resources/kit/printable';
import { OperatorError } from '../errors';

/** Longer than the coordinator's timeout of 180 seconds, so that its end is always heard. */
export const coordinatorMilliseconds = 200_000;

/** Thrown when an order was given, and it is not known whether it was done. What became of its finding is in the ledger. */
export class UnconfirmedOrderError extends OperatorError {
  override readonly name = 'UnconfirmedOrderError';

  constructor(
    message: string,
    readonly order: OrderRequest,
  ) {
    super(message);
  }
}

const functionErrorSchema = z.object({
  errorType: z.optional(z.string()),
  errorMessage: z.optional(z.string()),
});

/**
 * Gives the coordinator an order, in a synchronous invocation, and waits for its answer.
 * @throws UnconfirmedOrderError when the coordinator ended with an error, or answered something else than an answer; and the
 *   SDK's error when it could not be invoked
 */
export async function sendOrder(lambda: LambdaClient, order: OrderRequest): Promise<OrderAnswer> {
  const { FunctionError: functionError, Payload: payload } = await lambda.send(
    new InvokeCommand({
      FunctionName: functionNames.coordinator,
      InvocationType: 'RequestResponse',
      Payload: Buffer.from(JSON.stringify(order)),
    }),
  );
  const answer = parsed(Buffer.from(payload ?? []).toString('utf8'));
  if (functionError !== undefined) throw new UnconfirmedOrderError(functionFailure(answer), order);
  const checked = orderAnswerSchema.safeParse(answer);
  if (checked.success) return checked.data;
  const where = checked.error.issues.map(({ path }) => path.join('.') || 'the whole').join(', ');
  throw new UnconfirmedOrderError(
    `${functionNames.coordinator} answered something that cannot be understood, at ${where}. Are the hub and this command of the same version?`,
    order,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lambda answers a function's own error with its type and message: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function functionFailure(answer: unknown): string {
  const checked = functionErrorSchema.safeParse(answer);
  const { errorType, errorMessage } = checked.success ? checked.data : {};
  const said = [errorType, errorMessage].filter(Boolean).join(': ') || 'it said nothing more';
  return `${functionNames.coordinator} ended with an error: ${printable(said)}. Its log in the hub says more.`;
}
