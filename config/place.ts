import { accountIdPattern } from '../core/finding';
import type { CompiledPolicy } from './compiled';
import { isParentId, isUnitPath, rootIdPattern, rootPath } from './formats';
import { type NamedKey, type NamedKeys, namedKeys } from './named-keys';
import { UnresolvedPolicyError } from './unresolved';

/** An account's place in the organization, as AWS Organizations tells it. */
export interface AccountPlace {
  /** Twelve digits. */
  accountId: string;
  /** The account's name; needed where the policy names accounts by name. */
  name?: string;
  /** How many accounts of the organization have that name, this one among them; needed where the policy uses the name. */
  sameName?: number;
  /** What the account lies under, the nearest first, the root last. */
  path: readonly PlaceUnit[];
  /** What the policy's names mean, where that is remembered; otherwise they mean what bears them. */
  bound?: NameBindings;
}

/** What the names of a policy mean, by their ids. What bears such a name besides is not meant by it. */
export interface NameBindings {
  /** Accounts by their names. */
  accounts: Readonly<Record<string, string>>;
  /** Organizational units by their paths. */
  units: Readonly<Record<string, string>>;
}

/** An organizational unit, or the root. */
export interface PlaceUnit {
  id: string;
  /** Needed where the policy names organizational units by path, except for the root. */
  name?: string;
}

/** The keys by which a policy can mean an account, and what it lies under. */
export interface LocatedAccount {
  account: readonly string[];
  /** The nearest first, the root last. */
  units: readonly LocatedUnit[];
}

/** The keys by which a policy can mean an organizational unit, or the root. */
export interface LocatedUnit {
  id: string;
  /** By names from the root down; absent where the names are not known, or cannot stand in a path. */
  path?: string;
  keys: readonly string[];
}

/** Whether the policy names an account by name anywhere: places then need names. */
export function usesNames(policy: CompiledPolicy): boolean {
  return namedKeys(policy).accounts.some(({ key }) => !accountIdPattern.test(key));
}

/** Whether the policy names an organizational unit below the root by path anywhere: places then need the units' names. */
export function usesPaths(policy: CompiledPolicy): boolean {
  return namedKeys(policy).units.some(({ key }) => isUnitPath(key) && key !== rootPath);
}

/**
 * The keys of the policy that mean an account and what it lies under. Names are compared letter by letter, as AWS Organizations
 * tells them apart.
 * @throws UnresolvedPolicyError when that cannot be told for certain
 */
export function locate(policy: CompiledPolicy, place: AccountPlace): LocatedAccount {
  const named = namedKeys(policy);
  const { accountId, path, bound } = place;
  const located = { path, bound, what: `account ${accountId}` };
  checkWhole(located, accountIdPattern.test(accountId));
  return { account: [accountId, ...namesOf(named, place)], units: locatedUnits(named, located) };
}

/**
 * The keys of the policy that mean an organizational unit, or the root, and what it lies under.
 * @param path the unit itself first, the root last
 * @param bound what the policy's names mean, where that is remembered
 * @throws UnresolvedPolicyError when that cannot be told for certain
 */
export function locateUnits(
  policy: CompiledPolicy,
  path: readonly PlaceUnit[],
  bound?: NameBindings,
): LocatedUnit[] {
  const located = { path, bound, what: `organizational unit ${path[0]?.id ?? 'without an id'}` };
  checkWhole(located, true);
  return locatedUnits(namedKeys(policy), located);
}

/** An account with what it lies under, or an organizational unit, itself first. */
interface Located {
  /** For people. */
  what: string;
  path: readonly PlaceUnit[];
  bound: NameBindings | undefined;
}

function checkWhole({ what, path }: Located, isKnown: boolean): void {
  const root = path.at(-1);
  const whole = root !== undefined && rootIdPattern.test(root.id) && path.every(({ id }) => isParentId(id));
  if (isKnown && whole) return;
  const place = path.map(({ id }) => id).join(' < ') || 'nothing';
  throw new UnresolvedPolicyError(
    `The place of ${what} in the organization is not known up to the root: it lies under ${place}.`,
  );
}

/** The names by which the policy may mean the account: digits alone would be taken for an id. */
function namesOf({ accounts }: NamedKeys, { accountId, name, sameName, bound }: AccountPlace): string[] {
  const byName = accounts.filter(({ key }) => !accountIdPattern.test(key));
  const [first] = byName;
  if (!first) return [];
  if (name === undefined) {
    throw new UnresolvedPolicyError(
      `The name of account ${accountId} is not known, and the policy names accounts by name (${first.source}).`,
    );
  }
  const meant = keysOf(bound?.accounts, byName, accountId);
  const used = byName.find(({ key }) => key === name);
  if (!used || isBound(bound?.accounts, name)) return meant;
  if (sameName === 1) return [...meant, name];
  throw new UnresolvedPolicyError(
    sameName === undefined
      ? `It is not known whether account ${accountId} alone is named ${name}, as the policy names it (${used.source}).`
      : `${sameName} accounts are named ${name}, so the policy does not say which it means (${used.source}); name it by its id.`,
  );
}

function isBound(bindings: NameBindings['accounts'] = {}, name: string): boolean {
  return Object.hasOwn(bindings, name);
}

/** The keys of the policy that are bound to an id, each once. */
function keysOf(
  bindings: NameBindings['accounts'] | undefined,
  named: readonly NamedKey[],
  id: string,
): string[] {
  const keys = named.map(({ key }) => key).filter((key) => isBound(bindings, key) && bindings?.[key] === id);
  return [...new Set(keys)];
}

function locatedUnits(named: NamedKeys, located: Located): LocatedUnit[] {
  return located.path.map((unit, index) => locateUnit(named, located, unit, index));
}

function locateUnit(
  named: NamedKeys,
  { what, path, bound }: Located,
  { id }: PlaceUnit,
  index: number,
): LocatedUnit {
  if (index === path.length - 1) return { id, path: rootPath, keys: [id, rootPath] };
  const byPath = named.units.filter(({ key }) => isUnitPath(key) && key !== rootPath);
  const [first] = byPath;
  const names = path
    .slice(index, -1)
    .reverse()
    .map((unit) => unit.name);
  if (names.includes(undefined)) {
    if (!first) return { id, keys: [id] };
    throw new UnresolvedPolicyError(
      `The names of what ${what} lies under are not known, and the policy names organizational units by path (${first.source}).`,
    );
  }
  const text = `/${names.join('/')}`;
  const meant = keysOf(bound?.units, byPath, id);
  if (isBound(bound?.units, text)) return { id, path: text, keys: [id, ...meant] };
  if (!names.some((name) => name?.includes('/'))) return { id, path: text, keys: [id, ...meant, text] };
  const used = byPath.find(({ key }) => key === text);
  if (!used) return { id, keys: [id, ...meant] };
  throw new UnresolvedPolicyError(
    `The name of an organizational unit above ${what} holds a slash, so ${text} may mean it or another (${used.source}); name it by its id.`,
  );
}
