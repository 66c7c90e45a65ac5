import type { CompiledPolicy, Level } from '../../config/compiled';
import { isParentId, isUnitPath } from '../../config/formats';
import { type NamedKey, namedKeys } from '../../config/named-keys';
import type { Organization } from '../../config/organization';
import { isAccountTarget } from '../../config/target';
import { accountIdPattern } from '../../core/finding';
import { accountKeys, meant } from '../organization/find-place';
import type { OrganizationStructure } from '../organization/structure';

/** Something that the policy says of an organization, and that is not so. */
export interface PolicyProblem {
  /** As the policy writes it. */
  key: string;
  /** The line; absent where only the key is known. */
  source?: string;
  /** What is wrong, and what would be right. */
  message: string;
  /** While a name or a path means nothing, nothing is fixed anywhere. */
  stopsAllFixes?: true;
}

/** Where the policy and the organization do not fit together; each problem once for each line. Pure. */
export function policyProblems(
  policy: CompiledPolicy,
  structure: OrganizationStructure,
  placement: Partial<Pick<Organization, 'targets' | 'exclude' | 'rollout' | 'recorder'>> = {},
): PolicyProblem[] {
  const { accounts, units } = namedKeys(policy);
  const found = [
    ...accounts.flatMap((named) => accountProblem(named, structure)),
    ...units.flatMap((named) => unitProblem(named, structure)),
    ...placedKeys(placement).flatMap(({ where, key }) => targetProblem(where, key, structure)),
    ...hubProblem(policy, structure),
    ...structure.accounts.flatMap(({ id, name }) => twice(policy.accounts, [id, name])),
    ...structure.units.flatMap(({ id, path }) => twice(policy.organizationalUnits, [id, path])),
  ];
  return [...new Map(found.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function accountProblem({ key, source }: NamedKey, { accounts }: OrganizationStructure): PolicyProblem[] {
  const byId = accountIdPattern.test(key);
  const found = accounts.filter(({ id, name }) => (byId ? id : name) === key);
  if (found.length === 1) return [];
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(', ');
    return [
      {
        key,
        source,
        message: `${found.length} accounts have this name (${ids}); write the one that is meant by its id. Until then each of them is left alone.`,
      },
    ];
  }
  const message = `no account of the organization has this ${byId ? 'id' : 'name'}.${meant(key, accountKeys(accounts))}`;
  return [{ key, source, message, ...(!byId && { stopsAllFixes: true }) }];
}

function unitProblem({ key, source }: NamedKey, { units }: OrganizationStructure): PolicyProblem[] {
  const byPath = isUnitPath(key);
  const found = units.filter(({ id, path }) => (byPath ? path : id) === key);
  if (found.length === 1) return [];
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(', ');
    return [
      {
        key,
        source,
        message: `${found.length} units have this path (${ids}); write the one that is meant by its id.`,
      },
    ];
  }
  return byPath
    ? [{ key, source, message: noUnit('path', key, units), stopsAllFixes: true }]
    : [{ key, source, message: noUnit('id', key, units) }];
}

function noUnit(what: string, key: string, units: OrganizationStructure['units']): string {
  const known = units
    .flatMap(({ id, path }) => [path, id])
    .filter((other) => isParentId(other) === isParentId(key));
  return `no organizational unit has this ${what}.${meant(key, known)}`;
}

/** Everything by which the policy says where something is deployed. */
function placedKeys({
  targets = [],
  exclude = [],
  rollout,
  recorder,
}: Partial<Pick<Organization, 'targets' | 'exclude' | 'rollout' | 'recorder'>>) {
  const listed = (where: string, keys: readonly string[]) => keys.map((key) => ({ where, key }));
  return [
    ...listed('targets', targets),
    ...listed('exclude', exclude),
    ...listed('rollout.pilot', rollout?.pilot ?? []),
    ...listed('recorder.organizationalUnits', Object.keys(recorder?.organizationalUnits ?? {})),
    ...listed('recorder.accounts', Object.keys(recorder?.accounts ?? {})),
  ];
}

function targetProblem(
  where: string,
  key: string,
  { units, accounts }: OrganizationStructure,
): PolicyProblem[] {
  const told = (message: string): PolicyProblem[] => [{ key: `${where}: ${key}`, message }];
  if (isAccountTarget(key)) {
    if (accounts.some(({ id }) => id === key)) return [];
    return told(`no account of the organization has this id.${meant(key, accountKeys(accounts))}`);
  }
  const byPath = isUnitPath(key);
  const found = units.filter(({ id, path }) => (byPath ? path : id) === key);
  if (found.length === 1) return [];
  if (found.length === 0) return told(noUnit(byPath ? 'path' : 'id', key, units));
  const ids = found.map(({ id }) => id).join(', ');
  return told(`${found.length} units have this path (${ids}); write the one that is meant by its id.`);
}

function hubProblem(
  { hub, organization }: CompiledPolicy,
  { accounts }: OrganizationStructure,
): PolicyProblem[] {
  return [
    { key: `hub.account: ${hub.account}`, id: hub.account },
    {
      key: `organization.managementAccount: ${organization.managementAccount}`,
      id: organization.managementAccount,
    },
  ]
    .filter(({ id }) => !accounts.some((account) => account.id === id))
    .map(({ key }) => ({ key, message: 'no account of the organization has this id.' }));
}

/** The same thing under two keys, even with the same words, hides on which one somebody relies. */
function twice(entries: Readonly<Record<string, Level>>, keys: readonly string[]): PolicyProblem[] {
  const [first, second] = keys.flatMap((key) => {
    const level = Object.hasOwn(entries, key) ? entries[key] : undefined;
    return level ? [{ key, source: level.source }] : [];
  });
  if (!first || !second) return [];
  return [
    {
      ...second,
      message: `this is ${first.key} (${first.source}), which stands there as well; remove one. Until then it is left alone.`,
    },
  ];
}
