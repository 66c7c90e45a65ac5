import type { CompiledPolicy } from '../config/compiled';
import { isUnitPath, rootPath } from '../config/formats';
import { type NamedKey, namedKeys } from '../config/named-keys';
import type { NameBindings } from '../config/place';
import { accountIdPattern } from '../core/finding';
import type { OrganizationTree } from '../ledger/organization/organization-tree';
import type { LostName, NamesSeen } from './names-seen';

/** The keys of a policy that mean accounts by their names, and organizational units by their paths. */
export function namesIn(policy: CompiledPolicy): Record<LostName['kind'], NamedKey[]> {
  const { accounts, units } = namedKeys(policy);
  return {
    account: accounts.filter(({ key }) => !accountIdPattern.test(key)),
    unit: units.filter(({ key }) => isUnitPath(key) && key !== rootPath),
  };
}

/**
 * What the policy's names mean. As long as it is the same policy, a name means what it meant first, whoever is named so later;
 * a policy that was deployed anew means by its names whatever bears them now. A name that nothing bears means what bore it last.
 * @param last what was remembered
 * @param isSamePolicy whether that was for the very same policy
 */
export function boundNames(
  last: NameBindings,
  isSamePolicy: boolean,
  policy: CompiledPolicy,
  tree: OrganizationTree,
): NameBindings {
  const names = namesIn(policy);
  const bind = (keys: readonly NamedKey[], before: Readonly<Record<string, string>>, bearers: Bearers) => {
    const bound = keys.flatMap(({ key }) => {
      const known = Object.hasOwn(before, key) ? before[key] : undefined;
      const now = bearers(key);
      const stays = known !== undefined && (isSamePolicy || now.length === 0 || now.includes(known));
      // Of several that bear it from the start nobody can tell which is meant.
      const id = stays ? known : now.length === 1 ? now[0] : undefined;
      return id === undefined ? [] : [[key, id] as const];
    });
    return Object.fromEntries(bound);
  };
  return {
    accounts: bind(names.account, last.accounts, accountsNamed(tree)),
    units: bind(names.unit, last.units, unitsAt(tree)),
  };
}

/** What the names of a policy come to, with the lines that hold them. */
export function seenNames(policy: CompiledPolicy, bound: NameBindings, tree: OrganizationTree): NamesSeen {
  const unresolved: NamedKey[] = [];
  const lost: LostName[] = [];
  const look = (kind: LostName['kind'], ids: Readonly<Record<string, string>>, bearersOf: Bearers) => {
    for (const named of namesIn(policy)[kind]) {
      const id = Object.hasOwn(ids, named.key) ? ids[named.key] : undefined;
      const bearers = bearersOf(named.key);
      if (id === undefined) {
        if (bearers.length === 0) unresolved.push(named);
      } else if (bearers.length !== 1 || bearers[0] !== id) lost.push({ ...named, kind, id, bearers });
    }
  };
  look('account', bound.accounts, accountsNamed(tree));
  look('unit', bound.units, unitsAt(tree));
  return { unresolved, lost };
}

/** The ids of what bears a name. */
type Bearers = (name: string) => readonly string[];

function accountsNamed({ accounts }: OrganizationTree): Bearers {
  const ids = new Map<string, string[]>();
  for (const { id, name } of accounts.values()) ids.set(name, [...(ids.get(name) ?? []), id]);
  return (name) => ids.get(name) ?? [];
}

/** Paths are by names from the root down. A unit whose name holds a slash lies at no path. */
function unitsAt({ rootId, units }: OrganizationTree): Bearers {
  /** By what they lie under and their names; ids hold no slash. */
  const ids = new Map([...units.values()].map(({ id, name, parentId }) => [`${parentId}/${name}`, id]));
  return (path) => {
    let id: string | undefined = rootId;
    for (const name of path.slice(rootPath.length).split('/')) {
      if (id !== undefined) id = ids.get(`${id}/${name}`);
    }
    return id === undefined ? [] : [id];
  };
}
