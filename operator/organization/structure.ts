import type { AccountPlace, PlaceUnit } from '../../config/place';
import { type WatchedSettings, watchedTest } from '../../config/watched';

/** An organization as AWS Organizations tells it: everything that accounts lie under, and the accounts. */
export interface OrganizationStructure {
  /** The root first, and each before what is nested in it. */
  units: StructureUnit[];
  accounts: StructureAccount[];
}

/** An organizational unit, or the root. */
export interface StructureUnit {
  id: string;
  /** By names from the root down: `/Workloads/Prod`; `/` for the root. */
  path: string;
  /** The unit and what it lies under, the root last. */
  chain: readonly PlaceUnit[];
}

/** An account of the organization. */
export interface StructureAccount {
  id: string;
  name: string;
  /** What it lies under directly. */
  unit: StructureUnit;
  /** Closed, or about to be: nothing runs there. */
  closed: boolean;
}

/** Where an account lies, as the policy is resolved by it: with all names. */
export function placeOf({ accounts }: OrganizationStructure, account: StructureAccount): AccountPlace {
  return {
    accountId: account.id,
    name: account.name,
    sameName: accounts.filter(({ name }) => name === account.name).length,
    path: account.unit.chain,
  };
}

/** Whether a policy has an account watched. */
export function isWatched(settings: WatchedSettings, { id, unit }: StructureAccount): boolean {
  return watchedTest(settings)({ id, chain: unit.chain });
}
