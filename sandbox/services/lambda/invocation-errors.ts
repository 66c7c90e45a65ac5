import type { InvocationResult } from './definitions';

/** Lambda's answer for a function that did not answer itself. */
function unhandled(errorType: string, errorMessage: string): InvocationResult {
  return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' };
}

/**
 * The answer for a function that ran longer than its timeout:
 * https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html
 */
export function timedOut(requestId: string, timeoutSeconds: number): InvocationResult {
  const seconds = timeoutSeconds.toFixed(2);
  return unhandled(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
  );
}

/** The answer for a function whose process ended; `cause` is an exit status or a signal. */
export function exited(requestId: string, cause: string): InvocationResult {
  return unhandled('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited with error: ${cause}`);
}

/** Lambda's limit for an answer: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maximumPayloadBytes = 6 * 1024 * 1024;

/** The answer for a function whose answer is larger than Lambda carries. */
export function tooLarge(bytes: number): InvocationResult {
  return unhandled(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${maximumPayloadBytes} bytes): ${bytes} bytes.`,
  );
}
