import fc from 'fast-check';
import type { CompiledPolicy, People, PeopleEntry, Who } from '../../../config/compiled';
import type { AccountPlace, PlaceUnit } from '../../../config/place';
import type { Actor } from '../../../core/actor';
import { rights } from '../../../core/right';
import { policyWith } from '../../config/support/policy';

/** What lies in the organization of these tests: the id, the name, and the id of what it lies under. */
export const nodes = [
  { id: 'r-abcd', name: 'Root', above: '' },
  { id: 'ou-abcd-workload', name: 'Workloads', above: 'r-abcd' },
  { id: 'ou-abcd-workprod', name: 'Prod', above: 'ou-abcd-workload' },
  { id: 'ou-abcd-workcell', name: 'Cell', above: 'ou-abcd-workprod' },
  { id: 'ou-abcd-sandbox0', name: 'Sandbox', above: 'r-abcd' },
  { id: '222222222222', name: 'security', above: 'ou-abcd-workload' },
  { id: '333333333333', name: 'payments', above: 'ou-abcd-workprod' },
  { id: '444444444444', name: 'web', above: 'ou-abcd-workcell' },
  { id: '555555555555', name: 'trial', above: 'ou-abcd-sandbox0' },
] as const;

/** Every key by which a policy may name them, and the ids that it means. */
export const idsOfKeys: Readonly<Record<string, string>> = {
  ...Object.fromEntries(nodes.map(({ id }) => [id, id])),
  '/': 'r-abcd',
  '/Workloads': 'ou-abcd-workload',
  '/Workloads/Prod': 'ou-abcd-workprod',
  '/Workloads/Prod/Cell': 'ou-abcd-workcell',
  '/Sandbox': 'ou-abcd-sandbox0',
  security: '222222222222',
  payments: '333333333333',
  web: '444444444444',
  trial: '555555555555',
};

/** The ids of the accounts, and of the units with the root. */
export const accountIds = nodes.map(({ id }) => id).filter((id) => /^\d/.test(id));
export const unitIds = nodes.map(({ id }) => id).filter((id) => !/^\d/.test(id));

/** A unit and what it lies under, itself first. */
export function pathOf(unitId: string): PlaceUnit[] {
  const unit = nodes.find(({ id }) => id === unitId);
  return unit ? [{ id: unit.id, name: unit.name }, ...pathOf(unit.above)] : [];
}

/** Where an account lies. */
export function placeOf(accountId: string): AccountPlace {
  const { name, above } = nodes.find(({ id }) => id === accountId) ?? { name: '', above: '' };
  return { accountId, name, sameName: 1, path: pathOf(above) };
}

const compiled = policyWith('');
const base: CompiledPolicy = {
  ...compiled,
  slack: { ...compiled.slack, team: 'T0123456789', app: 'A0123456789' },
};

/** A policy that says this of people, and nothing else. */
export function policyOfPeople(people: People | undefined): CompiledPolicy {
  return { ...base, ...(people && { people }) };
}

const teamRole = 'AWSReservedSSO_Team_0123456789abcdef';
const role = (account: string, name: string, session: string): Actor => ({
  kind: 'aws',
  account,
  type: 'role',
  name,
  session,
});

/** Somebody of each kind, some of whom look like others. */
export const actors: readonly Actor[] = [
  role('222222222222', 'Owners', 'alice@example.com'),
  role('333333333333', 'Owners', 'x'),
  role('444444444444', 'Owners', 'x'),
  role('333333333333', 'Other', 'x'),
  role('333333333333', teamRole, 'alice@example.com'),
  role('444444444444', teamRole, 'alice@example.com'),
  role('333333333333', teamRole, 'bob@example.com'),
  role('333333333333', 'AWSReservedSSO_Guests_0123456789abcdef', 'alice@example.com'),
  { kind: 'aws', account: '333333333333', type: 'user', name: 'Owners' },
  { kind: 'aws', account: '222222222222', type: 'root', name: 'root' },
  { kind: 'slack', team: 'T0123456789', user: 'U0ALICE0001', email: 'alice@example.com', groups: [] },
  { kind: 'slack', team: 'T0123456789', user: 'U0BOB00001', groups: ['S0SECURITY1'] },
  { kind: 'slack', team: 'T9999999999', user: 'U0ALICE0001', groups: ['S0SECURITY1'] },
];

const whoAnyhow = fc.oneof(
  fc.record({
    role: fc.record({
      account: fc.constantFrom('222222222222', '333333333333'),
      name: fc.constantFrom('Owners', 'Other', teamRole),
    }),
  }),
  fc.record({
    user: fc.record({ account: fc.constant('333333333333'), name: fc.constantFrom('Owners', 'x') }),
  }),
  fc.record({
    person: fc.record({
      permissionSet: fc.constantFrom('Team', 'Guests'),
      email: fc.constantFrom('alice@example.com', 'bob@example.com'),
      account: fc.constantFrom('333333333333', '444444444444'),
    }),
  }),
);
const slackAnyhow = fc.oneof(
  fc.record({ slackUser: fc.constantFrom('U0ALICE0001', 'U0CAROL0001') }),
  fc.record({ slackGroup: fc.constantFrom('S0SECURITY1', 'S0OTHERS001') }),
);
const glassBreakerAnyhow = fc.oneof(
  { weight: 3, arbitrary: whoAnyhow },
  { weight: 1, arbitrary: slackAnyhow },
);
export const ownersAnyhow = fc.record({ owners: fc.constantFrom('Owners', 'Other') });

const keys = Object.keys(idsOfKeys);
const some = <Item>(items: readonly Item[]) =>
  fc.uniqueArray(fc.constantFrom(...items), { minLength: 1, maxLength: 2 });

/** Where an entry may count. */
const whereAnyhow: fc.Arbitrary<NonNullable<PeopleEntry['where']>> = fc
  .record(
    {
      organizationalUnits: some(keys.filter((key) => /^(\/|r-|ou-)/.test(key))),
      accounts: some(keys.filter((key) => !/^(\/|r-|ou-)/.test(key))),
      controls: some(['s3-public-access', 'sqs-public-policy']),
    },
    { requiredKeys: [] },
  )
  .filter((where) => Object.keys(where).length > 0);

/** An entry of people. */
export function entryAnyhow(who: fc.Arbitrary<Who>): fc.Arbitrary<PeopleEntry> {
  return fc
    .record({
      who: fc.array(who, { minLength: 1, maxLength: 2 }),
      may: fc.uniqueArray(fc.constantFrom(...rights), { minLength: 1, maxLength: 4 }),
      where: fc.option(whereAnyhow, { nil: undefined }),
    })
    .map(({ where, ...entry }) => ({ ...entry, ...(where && { where }), source: 'policy.yaml:6' }));
}

/** What a policy may say of people. */
export const peopleAnyhow: fc.Arbitrary<People | undefined> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(undefined) },
  {
    weight: 12,
    arbitrary: fc
      .record({
        entries: fc.array(entryAnyhow(fc.oneof(whoAnyhow, ownersAnyhow, slackAnyhow)), { maxLength: 4 }),
        twoPersons: fc.subarray(['undo', 'exempt', 'approve'] as const),
        glassBreakers: fc.option(fc.array(glassBreakerAnyhow, { minLength: 1, maxLength: 1 }), {
          nil: undefined,
        }),
      })
      .map(({ glassBreakers, ...people }) => ({
        ...people,
        ...(glassBreakers && { breakGlass: { who: glassBreakers, source: 'policy.yaml:9' } }),
      })),
  },
);
