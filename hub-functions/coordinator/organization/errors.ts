import { UnresolvedPlaceError } from '../../../ledger/organization/place-errors';

/**
 * The error for a call of AWS Organizations that failed, be it for a while: throttled, refused, not answered.
 * @param what what AWS Organizations does not tell, for example `the accounts in r-abcd`
 */
export function notTold(what: string, cause: unknown): UnresolvedPlaceError {
  const { name, message } = cause as Error;
  return new UnresolvedPlaceError(`AWS Organizations does not tell ${what}: ${name}: ${message}`, { cause });
}
