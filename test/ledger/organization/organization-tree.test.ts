import type { CompiledPolicy } from '../../../config/compiled';
import { seenNames } from '../../../decision/name-bindings';
import {
  accountsUnder,
  contentOf,
  type OrganizationTree,
  placeIn,
  type TreeNode,
  treeOf,
} from '../../../ledger/organization/organization-tree';
import {
  ClosedAccountError,
  UnknownAccountError,
  UnresolvedPlaceError,
} from '../../../ledger/organization/place-errors';
import { accounts, testIdentity, testPolicy } from '../../support/findings';

const [workloads, prod, test, sandbox] = [
  'ou-root-workload',
  'ou-root-prod0000',
  'ou-root-test0000',
  'ou-root-sandbox0',
];
const read = { readAt: new Date('2026-11-23T10:00:00.000Z'), tookMilliseconds: 1_000 };

const byId = (nodes: TreeNode[]) => new Map(nodes.map((node) => [node.id, node]));

function treeWith(units: TreeNode[] = [], more: TreeNode[] = []): OrganizationTree {
  return {
    rootId: 'r-root',
    units: byId([
      { id: workloads, name: 'Workloads', parentId: 'r-root' },
      { id: prod, name: 'Prod', parentId: workloads },
      { id: test, name: 'Test', parentId: workloads },
      { id: sandbox, name: 'Sandbox', parentId: 'r-root' },
      ...units,
    ]),
    accounts: byId([
      { id: accounts.on, name: 'payments', parentId: prod },
      { id: accounts.off, name: 'closed-shop', parentId: sandbox },
      ...more,
    ]),
    ...read,
  };
}

describe('a place in the tree', () => {
  it('is the path up to the root, nearest first, with all names but the root’s', () => {
    expect(placeIn(treeWith(), accounts.on)).toEqual({
      accountId: accounts.on,
      name: 'payments',
      sameName: 1,
      path: [{ id: prod, name: 'Prod' }, { id: workloads, name: 'Workloads' }, { id: 'r-root' }],
    });
  });

  it('may be right below the root, and below what is known better than the tree has it', () => {
    const tree = treeWith([], [{ id: accounts.hub, name: 'security', parentId: 'r-root' }]);
    expect(placeIn(tree, accounts.hub).path).toEqual([{ id: 'r-root' }]);
    expect(placeIn(tree, accounts.hub, sandbox).path).toEqual([
      { id: sandbox, name: 'Sandbox' },
      { id: 'r-root' },
    ]);
  });

  it('counts every account of the same name', () => {
    const tree = treeWith([], [{ id: accounts.hub, name: 'payments', parentId: sandbox }]);
    expect(placeIn(tree, accounts.on)).toMatchObject({ name: 'payments', sameName: 2 });
  });

  it('is that of no account in which nothing runs any more', () => {
    const closed = { id: accounts.hub, name: 'old', parentId: 'r-root', closed: true as const };
    expect(() => placeIn(treeWith([], [closed]), accounts.hub)).toThrow(ClosedAccountError);
  });

  it('is that of no account which is not there', () => {
    expect(() => placeIn(treeWith(), '555555555555')).toThrow(UnknownAccountError);
  });

  it.each([
    ['a unit above is not there', []],
    [
      'the units form a circle',
      [
        { id: 'ou-root-lost0000', name: 'Lost', parentId: 'ou-root-lost1111' },
        { id: 'ou-root-lost1111', name: 'Lost', parentId: 'ou-root-lost0000' },
      ],
    ],
  ])('cannot be told when %s', (_what, units) => {
    const tree = treeWith(units, [{ id: accounts.hub, name: 'security', parentId: 'ou-root-lost0000' }]);
    expect(() => placeIn(tree, accounts.hub)).toThrow(UnresolvedPlaceError);
  });
});

it.each([
  ['the root', 'r-root', [accounts.on, accounts.off]],
  ['a unit, however deep', workloads, [accounts.on]],
  ['a unit without accounts', test, []],
  ['what is not there', 'ou-root-nowhere0', []],
])('tells which accounts lie under %s', (_, id, found) => {
  expect(accountsUnder(treeWith(), id)).toEqual(found);
});

it('ends where a tree leads in circles', () => {
  const tree = treeWith([{ id: workloads, name: 'Workloads', parentId: prod }]);
  expect(accountsUnder(tree, 'r-root')).toEqual([accounts.off]);
});

describe('the content of a tree', () => {
  it('gives the same tree back, and does not depend on the order in which it was read', () => {
    const tree = treeWith();
    expect(treeOf(contentOf(tree), read)).toEqual(tree);
    const reversed = { ...tree, units: new Map([...tree.units].reverse()) };
    expect(contentOf(reversed)).toEqual(contentOf(tree));
  });

  it('keeps which accounts are closed, and is as before where none is', () => {
    const closed = { id: accounts.hub, name: 'old', parentId: 'r-root', closed: true as const };
    const tree = treeWith([], [closed]);
    expect(treeOf(contentOf(tree), read)).toEqual(tree);
    expect(contentOf(treeWith())).not.toHaveProperty('closed');
  });

  it.each([[null], [{}], [{ rootId: 'r-root', units: [['ou-root-prod0000', 'Prod']], accounts: [] }]])(
    'gives none where it cannot be understood: %j',
    (content) => {
      expect(treeOf(content, read)).toBeUndefined();
    },
  );
});

describe('names of the policy that the organization does not have', () => {
  const level = (line: number) => ({
    flag: 'off' as const,
    source: `organization.yaml:${line}`,
    controls: {},
  });
  const nothingBound = { accounts: {}, units: {} };
  const policyOf = (more: Partial<CompiledPolicy>): CompiledPolicy => ({
    ...testPolicy,
    accounts: {},
    ...more,
  });

  it('are none where the policy names everything by id', () => {
    const policy = policyOf({
      accounts: { '555555555555': level(1) },
      organizationalUnits: { 'ou-root-nowhere0': level(2), 'r-root': level(3), '/': level(4) },
    });
    expect(seenNames(policy, nothingBound, treeWith()).unresolved).toEqual([]);
  });

  it('are found by name and path, letter by letter, at any depth', () => {
    const policy = policyOf({
      accounts: { payments: level(1), Payments: level(2), 'closed-shop': level(3) },
      organizationalUnits: {
        '/Workloads/Prod': level(4),
        '/Workloads/Production': level(5),
        '/Sandbox': level(6),
        '/sandbox': level(7),
        '/Prod': level(8),
        '/Sandbox/Prod': level(9),
        '/Workloads/Prod/Deeper/Still': level(10),
      },
    });
    expect(seenNames(policy, nothingBound, treeWith()).unresolved).toEqual([
      { key: 'Payments', source: 'organization.yaml:2' },
      { key: '/Workloads/Production', source: 'organization.yaml:5' },
      { key: '/sandbox', source: 'organization.yaml:7' },
      { key: '/Prod', source: 'organization.yaml:8' },
      { key: '/Sandbox/Prod', source: 'organization.yaml:9' },
      { key: '/Workloads/Prod/Deeper/Still', source: 'organization.yaml:10' },
    ]);
  });

  it('are looked for in exemptions and in where tags exempt, too', () => {
    const exemption = {
      control: testIdentity.control,
      resource: '*',
      reason: 'A test.',
      owner: 'tests',
      expires: '2026-11-23',
      until: '2026-11-24T00:00:00.000Z',
    };
    const policy = policyOf({
      exemptions: [
        { ...exemption, account: 'paiments', source: 'organization.yaml:20' },
        { ...exemption, organizationalUnit: '/Workloads/Web', source: 'organization.yaml:21' },
      ],
      exemptionRules: {
        maximumDays: 365,
        byTag: { organizationalUnits: ['/Sandpit'], maximumDays: 14, source: 'organization.yaml:30' },
      },
    });
    expect(seenNames(policy, nothingBound, treeWith()).unresolved).toEqual([
      { key: 'paiments', source: 'organization.yaml:20' },
      { key: '/Workloads/Web', source: 'organization.yaml:21' },
      { key: '/Sandpit', source: 'organization.yaml:30' },
    ]);
  });
});
