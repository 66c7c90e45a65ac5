import { InvokeCommand, type LambdaClient, LambdaServiceException } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import type { ControlFacts } from '../../../controls/control';
import { remediationFunctionName } from '../../../core/names';
import type { RemediationRequest } from '../../../core/remediation';
import { factsOf } from '../../../resources/resource-types';
import { invokingClient } from '../../invoking-client';
import { type Answer, failedResult, remediationResultSchema } from './remediation-result';

/** Longer than a remediation function's timeout of 60 seconds, so that its end is always heard. */
export const invocationMilliseconds = 70_000;

/** A Lambda client for remediation functions. */
export function remediationClient(): LambdaClient {
  return invokingClient(invocationMilliseconds);
}

const functionErrorSchema = z.object({
  errorType: z.optional(z.string()),
  errorMessage: z.optional(z.string()),
});

/**
 * Invokes the remediation function of a control's resource type and waits for its answer. Never asynchronously: Lambda
 * stores the payload of an asynchronous invocation, and this one holds credentials.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
 * @returns its answer; a `failed` one when the function could not be invoked, ended with an error or answered nonsense
 */
export async function invokeRemediation(
  lambda: LambdaClient,
  control: ControlFacts,
  request: RemediationRequest,
): Promise<Answer> {
  const functionName = remediationFunctionName(factsOf(control.resourceType).slug);
  try {
    const { FunctionError: functionError, Payload: payload } = await lambda.send(
      new InvokeCommand({
        FunctionName: functionName,
        InvocationType: 'RequestResponse',
        Payload: Buffer.from(JSON.stringify(request)),
      }),
    );
    const answer: unknown = JSON.parse(Buffer.from(payload ?? []).toString('utf8') || 'null');
    return functionError ? functionFailure(functionName, answer) : resultOf(functionName, answer);
  } catch (error) {
    const { name, message } = error as Error;
    const failed = failedResult(`${functionName} could not be invoked: ${message}`, name);
    // What Lambda itself refused was never started.
    return error instanceof LambdaServiceException ? failed : { ...failed, unconfirmed: true };
  }
}

function resultOf(functionName: string, answer: unknown): Answer {
  const result = remediationResultSchema.safeParse(answer);
  if (result.success) return result.data;
  const where = result.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
  return {
    ...failedResult(`${functionName} gave an answer that is malformed at ${where}.`),
    unconfirmed: true,
  };
}

/** Lambda answers a function's own error with its type and message: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function functionFailure(functionName: string, answer: unknown): Answer {
  const parsed = functionErrorSchema.safeParse(answer);
  const { errorType, errorMessage = 'it said nothing more' } = parsed.success ? parsed.data : {};
  return {
    ...failedResult(`${functionName} ended with an error: ${errorMessage}`, errorType),
    unconfirmed: true,
  };
}
