import type { FrozenList } from '../ledger/limits/frozen-list';

const hourMilliseconds = 60 * 60_000;
const dayMilliseconds = 24 * hourMilliseconds;

/** A list is whole once nothing has joined it in so many sweeps in a row. */
const quietSweeps = 3;
/** A list that keeps growing for so long is told as it is. */
const longestMilliseconds = hourMilliseconds;

/** An account's backlog as it was known, and what is in it now. */
export interface Gathering {
  list: FrozenList;
  /** As `nameInList` gives them; without what is being released. */
  names: readonly string[];
}

/** Until where backlog is fixed without a person, and whether all of it may be known. */
export interface ThawRules {
  /** How many fixes within a day, in one account and in all together. */
  most: { account: number; organization: number };
  /** Whether the ledger was looked through since the policy has changed. */
  isLookedThrough: boolean;
}

/** A list of an account of which nothing is known yet. */
export function emptyList(accountId: string, now: Date): FrozenList {
  return {
    accountId,
    version: 0,
    names: [],
    since: now.toISOString(),
    quiet: 0,
    frozen: false,
    unattended: [],
  };
}

/**
 * What becomes of the backlog of all accounts: it grows; or, once it is whole, little of it is released, and much of it is frozen.
 * Nothing is released as long as any of it may not be known. Pure.
 * @returns a list for each that was given, in their order
 */
export function nextLists(gatherings: readonly Gathering[], rules: ThawRules, now: Date): FrozenList[] {
  const grown = gatherings.map((gathering) => grownList(gathering, now));
  if (!grown.every((list) => list.frozen || isWhole(list, now))) return grown;
  const total = sumOf(grown.map((list) => list.names.length + unattendedOf(list)));
  return grown.map((list) => {
    if (list.names.length === 0) return list;
    const isMuch =
      total > rules.most.organization || list.names.length + unattendedOf(list) > rules.most.account;
    if (list.frozen || isMuch || isLate(list, now)) return { ...list, frozen: true };
    return rules.isLookedThrough ? releasedUnattended(list, now) : list;
  });
}

/** The lists of which people have to be told: they are frozen, and people were not told, or told of less, a while ago. */
export function listsToTell(lists: readonly FrozenList[], now: Date): FrozenList[] {
  return lists.filter((list) => {
    const { frozen, names, told } = list;
    if (!frozen || names.length === 0 || !isWhole(list, now)) return false;
    return !told || (told.hasGrown && now.getTime() - Date.parse(told.at) > longestMilliseconds);
  });
}

/** A list of which people were told just now. */
export function toldList(list: FrozenList, now: Date): FrozenList {
  return { ...list, told: { at: now.toISOString(), hasGrown: false } };
}

/** A list whose content is released: from now on its records are made to say so. */
export function releasing(list: FrozenList, now: Date): FrozenList {
  const names = [...new Set([...(list.releasing?.names ?? []), ...list.names])].sort();
  return { ...emptied(list), releasing: { names, at: now.toISOString() } };
}

function grownList({ list, names }: Gathering, now: Date): FrozenList {
  const known = new Set(list.names);
  const hasGrown = names.some((name) => !known.has(name));
  const unattended = list.unattended.filter(({ at }) => Date.parse(at) > now.getTime() - dayMilliseconds);
  if (names.length === 0) return { ...emptied(list), unattended };
  return {
    ...list,
    names: [...names].sort(),
    since: list.names.length === 0 ? now.toISOString() : list.since,
    quiet: hasGrown ? 0 : Math.min(list.quiet + 1, quietSweeps),
    ...(list.told && { told: { ...list.told, hasGrown: list.told.hasGrown || hasGrown } }),
    unattended,
  };
}

function emptied({ told: _told, ...list }: FrozenList): FrozenList {
  return { ...list, names: [], quiet: 0, frozen: false };
}

function isWhole(list: FrozenList, now: Date): boolean {
  return list.names.length === 0 || list.quiet >= quietSweeps || isLate(list, now);
}

function isLate({ since, names }: FrozenList, now: Date): boolean {
  return names.length > 0 && now.getTime() - Date.parse(since) > longestMilliseconds;
}

function releasedUnattended(list: FrozenList, now: Date): FrozenList {
  const entry = { at: now.toISOString(), count: list.names.length };
  return { ...releasing(list, now), unattended: [...list.unattended, entry] };
}

function unattendedOf({ unattended }: FrozenList): number {
  return sumOf(unattended.map(({ count }) => count));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
