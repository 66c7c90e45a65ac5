import type { AccountFacts, DeployedFacts, PlaceFacts } from '../facts';

/** A covered account in a Region, with what was read there. */
export interface Place {
  account: AccountFacts;
  place: PlaceFacts;
}

/** The accounts and Regions that are covered, with what was read there. Pure. */
export function placesOf({ accounts, places }: DeployedFacts): Place[] {
  const covered = new Map(coveredIn(accounts).map((account) => [account.accountId, account]));
  return places.flatMap((place) => {
    const account = covered.get(place.accountId);
    return account === undefined ? [] : [{ account, place }];
  });
}

/** The accounts that are covered. */
export function coveredIn<Account extends { notCovered?: string }>(accounts: readonly Account[]): Account[] {
  return accounts.filter(({ notCovered }) => notCovered === undefined);
}
