/**
 * AWS's error code of something thrown by a client, for example `AccessDenied`; undefined when it is not an error.
 * The SDK puts the service's code into the error's name:
 * https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/ERROR_HANDLING.md
 */
export function errorCodeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : undefined;
}

/** The sentence of something thrown. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}

/**
 * What a call answers, or `otherwise` where AWS says with one of `codes` that there is nothing.
 * @throws any other error of the call
 */
export async function orWhenMissing<Answer, Otherwise>(
  call: Promise<Answer>,
  codes: readonly string[],
  otherwise: Otherwise,
): Promise<Answer | Otherwise> {
  try {
    return await call;
  } catch (error) {
    if (codes.includes(errorCodeOf(error) ?? '')) return otherwise;
    throw error;
  }
}

/** What is known of an error that a client of the SDK throws. */
interface ClientError {
  $fault?: unknown;
  $metadata?: { httpStatusCode?: number; attempts?: number };
}

/** Errors of writes that may have been made all the same. */
const unconfirmed = new WeakSet<object>();

/**
 * Makes a write, so that `mayHaveBeenMade` knows of an error what it says of the write.
 * @throws the write's own error
 */
export async function asWrite<Answer>(write: Promise<Answer>): Promise<Answer> {
  try {
    return await write;
  } catch (error) {
    throw isUnconfirmed(error) ? asUnconfirmed(error) : error;
  }
}

/** The error, from now on known as that of a write which may have been made all the same. */
export function asUnconfirmed(error: unknown): unknown {
  if (typeof error === 'object' && error !== null) unconfirmed.add(error);
  return error;
}

/** Whether a write that ended with the error, or with what caused it, may have been made all the same. */
export function mayHaveBeenMade(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return unconfirmed.has(error) || ('cause' in error && mayHaveBeenMade(error.cause));
}

/** Whether the SDK sent a call more than once: the first one may have been made, and its answer lost. */
export function wasRepeated({ $metadata }: Pick<ClientError, '$metadata'>): boolean {
  return ($metadata?.attempts ?? 1) > 1;
}

/**
 * Whether an error leaves open what became of the call. Only a client's fault, told at the first attempt, says that nothing was
 * done: a connection that broke, a call that was cut off and an answer that cannot be read have no `$fault`, and the server's
 * own fault may come after the deed.
 * https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/ERROR_HANDLING.md
 */
function isUnconfirmed(error: unknown): boolean {
  const said = (typeof error === 'object' && error !== null ? error : {}) as ClientError;
  return said.$fault !== 'client' || (said.$metadata?.httpStatusCode ?? 400) >= 500 || wasRepeated(said);
}

/**
 * Codes by which AWS says that too much was asked. The SDK knows the same ones:
 * https://github.com/smithy-lang/smithy-typescript/blob/main/packages/service-error-classification/src/constants.ts
 */
const throttlingCodes: readonly string[] = [
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
];

/** Codes by which AWS says that a session is over, which another one is not. */
const endedSessionCodes: readonly string[] = ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired'];

/** Whether AWS says that too much was asked of it. */
export function isThrottling(error: unknown): boolean {
  const { $metadata } = (typeof error === 'object' && error !== null ? error : {}) as ClientError;
  return throttlingCodes.includes(errorCodeOf(error) ?? '') || $metadata?.httpStatusCode === 429;
}

/** Whether AWS refused a call for good: the same call would be refused again. */
export function isRefusal(error: unknown): boolean {
  const said = (typeof error === 'object' && error !== null ? error : {}) as ClientError;
  return (
    said.$fault === 'client' &&
    (said.$metadata?.httpStatusCode ?? 400) < 500 &&
    !isThrottling(error) &&
    !endedSessionCodes.includes(errorCodeOf(error) ?? '')
  );
}
