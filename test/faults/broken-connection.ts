/**
 * What the SDK throws when a connection breaks: nothing in it says whether the service did anything.
 * https://nodejs.org/api/errors.html#common-system-errors
 */
export function brokenConnection(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', $metadata: { attempts: 1 } });
}
