import type { OrganizationTree } from './organization-tree';

/** What accounts and organizational units are called, as far as that is known. */
export interface PlaceNames {
  /** The account's name. */
  account(id: string): string | undefined;
  /** The path from the root to what the account lies under. */
  unitOf(accountId: string): string | undefined;
  /** The unit's path from the root: `/Workloads/Prod`; `/` for the root. */
  unit(id: string): string | undefined;
}

/** Where nothing is known: ids are shown. */
export const noNames: PlaceNames = {
  account: () => undefined,
  unitOf: () => undefined,
  unit: () => undefined,
};

/** The names that the organization had when the hub read it last. Pure. */
export function namesOf({ rootId, units, accounts }: OrganizationTree): PlaceNames {
  const unit = (id: string): string | undefined => {
    const names: string[] = [];
    for (let at = id; at !== rootId; ) {
      const above = units.get(at);
      // A tree that leads in circles is none.
      if (above === undefined || names.length > units.size) return undefined;
      names.unshift(above.name);
      at = above.parentId;
    }
    return `/${names.join('/')}`;
  };
  return {
    account: (id) => accounts.get(id)?.name,
    unitOf: (accountId) => {
      const account = accounts.get(accountId);
      return account && unit(account.parentId);
    },
    unit,
  };
}

/** An account for people: `payments-prod (111122223333)`; the id alone where the name is not known. */
export function accountText(id: string, names: PlaceNames): string {
  const name = names.account(id);
  return name === undefined ? id : `${name} (${id})`;
}

/** An id that stands by itself: no part of an ARN, of a finding's or a resource's name, and not in brackets behind its name. */
const idByItself =
  /(?<![\w#:/(.-])(?:\d{12}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})(?![\w#:/-]|\.\w)/g;

/** A sentence for people with the names of the accounts and units that it mentions by id: `ou-…` as `/Workloads/Prod (ou-…)`. */
export function withNames(text: string, names: PlaceNames): string {
  return text.replace(idByItself, (id) => {
    const name = names.account(id) ?? names.unit(id);
    return name === undefined || text.includes(`${name} (${id})`) ? id : `${name} (${id})`;
  });
}
