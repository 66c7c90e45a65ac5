import type { AccountPlace } from '../../config/place';
import { UnknownAccountError, UnresolvedPlaceError } from '../../ledger/organization/place-errors';
import { KeptPlaces, type KeptPlacesParts } from '../orders/kept-places';

/**
 * Tells where accounts lie, from what the coordinator keeps of the organization; each is asked for once.
 * @returns undefined for an account whose place is not known now: who is told of its findings follows from its id alone then
 */
export function accountPlaces(
  parts: KeptPlacesParts,
): (accountId: string) => Promise<AccountPlace | undefined> {
  const places = new KeptPlaces(parts);
  const known = new Map<string, Promise<AccountPlace | undefined>>();
  const find = async (accountId: string) => {
    try {
      return await places.place(accountId);
    } catch (error) {
      if (error instanceof UnresolvedPlaceError || error instanceof UnknownAccountError) return undefined;
      throw error;
    }
  };
  return (accountId) => {
    const place = known.get(accountId) ?? find(accountId);
    known.set(accountId, place);
    return place;
  };
}
