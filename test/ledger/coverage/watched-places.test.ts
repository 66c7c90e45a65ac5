import { patrolMilliseconds, targetPlaces } from '../../../ledger/coverage/watched-places';
import type { OrganizationTree, TreeNode } from '../../../ledger/organization/organization-tree';

const [workloads, prod, sandbox] = ['ou-root-work0000', 'ou-root-prod0000', 'ou-root-sand0000'];
const [management, inProd, inSandbox, old] = ['111111111111', '333333333333', '222222222222', '444444444444'];

const byId = (nodes: TreeNode[]) => new Map(nodes.map((node) => [node.id, node]));
const tree: OrganizationTree = {
  rootId: 'r-root',
  units: byId([
    { id: workloads, name: 'Workloads', parentId: 'r-root' },
    { id: prod, name: 'Prod', parentId: workloads },
    { id: sandbox, name: 'Sandbox', parentId: 'r-root' },
  ]),
  accounts: byId([
    { id: management, name: 'management', parentId: 'r-root' },
    { id: inProd, name: 'payments', parentId: prod },
    { id: inSandbox, name: 'trial', parentId: sandbox },
    { id: old, name: 'old', parentId: prod, closed: true },
  ]),
  readAt: new Date(0),
  tookMilliseconds: 0,
};
const placesOf = (targets: string[], regions = ['eu-west-1']) =>
  targetPlaces({ organization: { managementAccount: management }, regions, targets }, tree);

describe('the places that are watched', () => {
  it('are the accounts under the targets, in every Region, however deep they are nested', () => {
    expect(placesOf([workloads], ['us-east-1', 'eu-west-1'])).toEqual([
      { accountId: inProd, region: 'eu-west-1' },
      { accountId: inProd, region: 'us-east-1' },
      { accountId: old, region: 'eu-west-1', closed: true },
      { accountId: old, region: 'us-east-1', closed: true },
    ]);
  });

  it('are all accounts but the management account under the root', () => {
    expect(placesOf(['r-root'])?.map(({ accountId }) => accountId)).toEqual([inSandbox, inProd, old]);
  });

  it('are those of single accounts and of paths too, without what is excluded', () => {
    const settings = { organization: { managementAccount: management }, regions: ['eu-west-1'] };
    const idsOf = (said: { targets: string[]; exclude?: string[] }) =>
      targetPlaces({ ...settings, ...said }, tree)?.map(({ accountId }) => accountId);
    expect(idsOf({ targets: ['/Workloads', inSandbox] })).toEqual([inSandbox, inProd, old]);
    expect(idsOf({ targets: ['/'], exclude: ['/Workloads/Prod'] })).toEqual([inSandbox]);
    expect(idsOf({ targets: ['r-root'], exclude: [inSandbox, sandbox] })).toEqual([inProd, old]);
    expect(idsOf({ targets: ['/Prod'] })).toEqual([]);
    // No stack set reaches the management account: it is deployed to by itself where it is named by itself.
    expect(idsOf({ targets: [management] })).toEqual([management]);
  });

  it('are each there once, where targets are nested in one another', () => {
    expect(placesOf([workloads, prod])).toHaveLength(2);
  });

  it('are none under a unit that is not there', () => {
    expect(placesOf(['ou-root-none0000'])).toEqual([]);
  });

  it('are not known where the policy does not tell the targets', () => {
    const settings = { organization: { managementAccount: management }, regions: ['eu-west-1'] };
    expect(targetPlaces(settings, tree)).toBeUndefined();
  });

  it('end, also by a tree whose units lie in one another', () => {
    const units = byId([
      { id: workloads, name: 'Workloads', parentId: prod },
      { id: prod, name: 'Prod', parentId: workloads },
    ]);
    const settings = { organization: { managementAccount: management }, regions: ['eu-west-1'] };
    expect(targetPlaces({ ...settings, targets: [sandbox] }, { ...tree, units })).toEqual([
      { accountId: inSandbox, region: 'eu-west-1' },
    ]);
  });
});

it('they are patrolled once a day unless the policy says otherwise', () => {
  expect(patrolMilliseconds({})).toBe(24 * 60 * 60_000);
  expect(patrolMilliseconds({ patrol: { everyMinutes: 60 } })).toBe(60 * 60_000);
});
