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
