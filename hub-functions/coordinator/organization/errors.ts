/** Thrown for an account that is not in the organization. */
export class UnknownAccountError extends Error {
  override readonly name = 'UnknownAccountError';
}

/** Thrown when it cannot be told where accounts lie, or what they or organizational units are named. */
export class UnresolvedPlaceError extends Error {
  override readonly name = 'UnresolvedPlaceError';
}

/**
 * The error for a call of AWS Organizations that failed, be it for a while: throttled, refused, not answered.
 * @param what what AWS Organizations does not tell, for example `the accounts in r-abcd`
 */
export function notTold(what: string, cause: unknown): UnresolvedPlaceError {
  const { name, message } = cause as Error;
  return new UnresolvedPlaceError(`AWS Organizations does not tell ${what}: ${name}: ${message}`, { cause });
}
