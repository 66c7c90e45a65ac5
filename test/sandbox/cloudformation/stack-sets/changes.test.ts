import { changesOf } from '../../../../sandbox/cloudformation/stack-sets/changes';
import {
  defaultPreferences,
  type InstancesGroup,
  type StackSetRequest,
} from '../../../../sandbox/cloudformation/stack-sets/definition';

const group = (more: Partial<InstancesGroup> = {}): InstancesGroup => ({
  organizationalUnitIds: ['ou-1'],
  accountFilter: { type: 'NONE', accountIds: [] },
  regions: ['eu-west-1'],
  ...more,
});

const only = (...accountIds: string[]) => group({ accountFilter: { type: 'INTERSECTION', accountIds } });

const request = (groups: InstancesGroup[], template: object = {}): StackSetRequest => ({
  name: 'member',
  administrator: { accountId: '1', region: 'eu-west-1' },
  callAs: 'DELEGATED_ADMIN',
  capabilities: [],
  template: { Resources: {}, ...template },
  parameters: {},
  autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false, dependsOn: [] },
  managedExecution: true,
  preferences: defaultPreferences,
  groups,
  asset: () => '',
});

const removed = (before: InstancesGroup[], after: InstancesGroup[]) =>
  changesOf(request(before), request(after)).removed;

describe('what a stack set has to change', () => {
  it('is nothing where nothing differs but where its objects lie', () => {
    expect(changesOf(request([group()]), { ...request([group()]), asset: () => 'elsewhere' })).toEqual({
      settings: false,
      groups: false,
      removed: [],
    });
  });

  it('is every stack where the template differs', () => {
    expect(changesOf(request([group()]), request([group()], { Description: 'new' })).settings).toBe(true);
  });

  it('removes the units and the Regions that are named no more', () => {
    const before = [group({ organizationalUnitIds: ['ou-1', 'ou-2'], regions: ['eu-west-1', 'us-east-1'] })];
    const after = [group({ organizationalUnitIds: ['ou-1'] })];
    expect(removed(before, after)).toEqual([
      group({ regions: ['us-east-1'] }),
      group({ organizationalUnitIds: ['ou-2'] }),
      group({ organizationalUnitIds: ['ou-2'], regions: ['us-east-1'] }),
    ]);
  });

  it('removes the accounts that a filter leaves out from now on', () => {
    const accounts = (type: 'DIFFERENCE' | 'INTERSECTION', ...accountIds: string[]) =>
      group({ accountFilter: { type, accountIds } });
    expect(removed([group()], [accounts('DIFFERENCE', 'a')])).toEqual([accounts('INTERSECTION', 'a')]);
    expect(removed([only('a', 'b')], [only('b')])).toEqual([accounts('DIFFERENCE', 'b')]);
    expect(removed([only('a')], [only('b'), only('c')])).toEqual([accounts('DIFFERENCE', 'b', 'c')]);
    expect(removed([only('a')], [group()])).toEqual([]);
  });
});
