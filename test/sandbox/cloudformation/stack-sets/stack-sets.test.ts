import {
  defaultPreferences,
  type StackSetRequest,
} from '../../../../sandbox/cloudformation/stack-sets/definition';
import { createStackSets } from '../../../../sandbox/cloudformation/stack-sets/stack-sets';

const hub = { accountId: '222222222222', region: 'eu-west-1' };
const ou = 'ou-root-workloads';

/** An organization of one OU whose accounts a test changes, and the stacks that were made in it. */
function organization(accounts: Record<string, string[]>) {
  const suspended = new Set<string>();
  const journal: string[] = [];
  /** Why a stack cannot be created, or removed, by account and Region. */
  const fail = new Map<string, string>();
  const failWhere = (where: string) => {
    const reason = fail.get(where);
    if (reason !== undefined) throw new Error(reason);
  };
  const stackSets = createStackSets({
    managementAccountId: '111111111111',
    delegatedAdministrators: async () => [hub.accountId],
    accountsUnder: () => async (parentId) =>
      new Map((accounts[parentId] ?? []).map((id) => [id, !suspended.has(id)])),
    deploy: async ({ name }, _stackName, { accountId, region }) => {
      const where = `${name} ${accountId} ${region}`;
      failWhere(`${accountId} ${region}`);
      journal.push(`+ ${where}`);
      return {
        stackId: where,
        outputs: {},
        update: async () => {},
        remove: async () => {
          failWhere(`remove ${accountId} ${region}`);
          journal.push(`- ${where}`);
        },
      };
    },
    update: async ({ template }, { stackId }, { accountId, region }) => {
      journal.push(`~ ${stackId} ${accountId} ${region} ${JSON.stringify(template)}`);
    },
  });
  const entries = () => journal.splice(0).sort();
  return { accounts, suspended, fail, stackSets, journal, entries };
}

function request(changes: Partial<StackSetRequest> = {}): StackSetRequest {
  return {
    name: 'member',
    administrator: hub,
    callAs: 'DELEGATED_ADMIN',
    capabilities: [],
    template: { Resources: {} },
    parameters: {},
    managedExecution: true,
    preferences: defaultPreferences,
    autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false, dependsOn: [] },
    groups: [
      {
        organizationalUnitIds: [ou],
        accountFilter: { type: 'NONE', accountIds: [] },
        regions: ['eu-west-1', 'us-east-1'],
      },
    ],
    asset: () => '',
    ...changes,
  };
}

const group = (changes: Partial<StackSetRequest['groups'][number]>) => ({
  organizationalUnitIds: [ou],
  accountFilter: { type: 'NONE' as const, accountIds: [] },
  regions: ['eu-west-1'],
  ...changes,
});

describe('stack sets', () => {
  it('deploys to every account and Region', async () => {
    const { stackSets, entries } = organization({ [ou]: ['A', 'B'] });
    await stackSets.create(request());
    expect(entries()).toEqual([
      '+ member A eu-west-1',
      '+ member A us-east-1',
      '+ member B eu-west-1',
      '+ member B us-east-1',
    ]);
  });

  it('gives every stack another template, and accounts that join later too', async () => {
    const { accounts, stackSets, entries } = organization({ [ou]: ['A'] });
    const { stackSetId } = await stackSets.create(request({ groups: [group({})] }));
    entries();
    const template = { Resources: { New: { Type: 'Test::Type' } } };
    expect(await stackSets.create(request({ groups: [group({})], template }))).toMatchObject({ stackSetId });
    expect(entries()).toEqual([`~ member A eu-west-1 A eu-west-1 ${JSON.stringify(template)}`]);
    accounts[ou] = ['A', 'B'];
    await stackSets.organizationChanged();
    expect(entries()).toEqual(['+ member B eu-west-1']);
  });

  it('deploys once where two OUs or two groups hold the same account', async () => {
    const { stackSets, entries } = organization({ [ou]: ['A'], nested: ['A'] });
    const groups = [
      group({ organizationalUnitIds: [ou, 'nested'] }),
      group({ organizationalUnitIds: ['nested'] }),
    ];
    await stackSets.create(request({ groups }));
    expect(entries()).toEqual(['+ member A eu-west-1']);
  });

  it('gives an account that joins its stacks, and nobody else anything', async () => {
    const { accounts, stackSets, entries } = organization({ [ou]: ['A'] });
    await stackSets.create(request());
    entries();
    accounts[ou] = ['A', 'B'];
    expect(stackSets.isEnrolled('B')).toBe(false);
    await stackSets.organizationChanged();
    expect(entries()).toEqual(['+ member B eu-west-1', '+ member B us-east-1']);
    expect(stackSets.isEnrolled('B')).toBe(true);
  });

  it('takes the stacks of an account that leaves, unless they are retained', async () => {
    for (const [retain, expected] of [
      [false, ['- member A eu-west-1']],
      [true, []],
    ] as const) {
      const { accounts, stackSets, entries } = organization({ [ou]: ['A'] });
      const autoDeployment = { enabled: true, retainStacksOnAccountRemoval: retain, dependsOn: [] };
      await stackSets.create(request({ autoDeployment, groups: [group({})] }));
      entries();
      accounts[ou] = [];
      await stackSets.organizationChanged();
      expect(entries()).toEqual(expected);
      expect(stackSets.isEnrolled('A')).toBe(false);
    }
  });

  it('leaves the stacks of an account that is suspended, and gives such a one none', async () => {
    const { accounts, suspended, stackSets, entries } = organization({ [ou]: ['333333333333'] });
    await stackSets.create(request());
    entries();
    suspended.add('333333333333').add('444444444444');
    accounts[ou] = ['333333333333', '444444444444'];
    await stackSets.organizationChanged();
    expect(entries()).toEqual([]);
  });

  it('leaves the stacks of an account that moves from one target to another', async () => {
    const { accounts, stackSets, entries } = organization({ [ou]: ['A'], other: [] });
    await stackSets.create(
      request({
        groups: [group({ organizationalUnitIds: [ou] }), group({ organizationalUnitIds: ['other'] })],
      }),
    );
    entries();
    Object.assign(accounts, { [ou]: [], other: ['A'] });
    await stackSets.organizationChanged();
    expect(entries()).toEqual([]);
    const [instance] = stackSets.all().flatMap(({ instances }) => [...instances.values()]);
    expect(instance?.organizationalUnitId).toBe('other');
  });

  it('follows account filters when it is created, but not when an account joins', async () => {
    const { accounts, stackSets, entries } = organization({ [ou]: ['A', 'B'] });
    const accountFilter = { type: 'DIFFERENCE' as const, accountIds: ['B', 'C'] };
    await stackSets.create(request({ groups: [group({ accountFilter })] }));
    expect(entries()).toEqual(['+ member A eu-west-1']);
    accounts[ou] = ['A', 'B', 'C'];
    await stackSets.organizationChanged();
    expect(entries()).toEqual(['+ member C eu-west-1']);
  });

  it('does nothing by itself without auto-deployment', async () => {
    const { accounts, stackSets, entries } = organization({ [ou]: [] });
    const autoDeployment = { enabled: false, retainStacksOnAccountRemoval: false, dependsOn: [] };
    await stackSets.create(request({ autoDeployment }));
    accounts[ou] = ['A'];
    await stackSets.organizationChanged();
    expect(entries()).toEqual([]);
  });

  it('enrolls in the order of AutoDeployment.DependsOn, and removes in the opposite one', async () => {
    const { accounts, stackSets, journal } = organization({ [ou]: [] });
    const { stackSetId } = await stackSets.create(request({ name: 'roles', groups: [group({})] }));
    const arn = `arn:aws:cloudformation:eu-west-1:111111111111:stackset/${stackSetId}`;
    await stackSets.create(
      request({
        groups: [group({})],
        autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false, dependsOn: [arn] },
      }),
    );
    accounts[ou] = ['A'];
    await stackSets.organizationChanged();
    accounts[ou] = [];
    await stackSets.organizationChanged();
    expect(journal).toEqual([
      '+ roles A eu-west-1',
      '+ member A eu-west-1',
      '- member A eu-west-1',
      '- roles A eu-west-1',
    ]);
  });

  it('refuses to depend on a stack set that does not exist', async () => {
    const { stackSets } = organization({ [ou]: [] });
    const autoDeployment = {
      enabled: true,
      retainStacksOnAccountRemoval: false,
      dependsOn: ['arn:aws:nowhere'],
    };
    await expect(stackSets.create(request({ autoDeployment }))).rejects.toMatchObject({
      code: 'StackSetNotFoundException',
    });
  });

  it('refuses an account that is not the delegated administrator', async () => {
    const { stackSets } = organization({ [ou]: [] });
    const administrator = { accountId: '333333333333', region: 'eu-west-1' };
    await expect(stackSets.create(request({ administrator }))).rejects.toThrow('delegated administrator');
    await expect(stackSets.create(request({ callAs: 'SELF' }))).rejects.toThrow('CallAs SELF');
  });

  it('refuses named IAM resources that were not acknowledged', async () => {
    const { stackSets, entries } = organization({ [ou]: ['A'] });
    const template = { Resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'x' } } } };
    await expect(stackSets.create(request({ template, capabilities: ['CAPABILITY_IAM'] }))).rejects.toThrow(
      'CAPABILITY_NAMED_IAM',
    );
    expect(entries()).toEqual([]);
  });

  it('rolls back what succeeded where more stacks fail than are tolerated, and says why', async () => {
    const { stackSets, entries, fail } = organization({ [ou]: ['A', 'B'] });
    fail.set('B eu-west-1', 'no room');
    await expect(stackSets.create(request({ groups: [group({})] }))).rejects.toThrow('no room');
    expect(entries()).toEqual(['+ member A eu-west-1', '- member A eu-west-1']);
    expect(stackSets.all()).toEqual([]);
  });

  it('enrolls with an operation for each account, which no preference of the stack set tolerates', async () => {
    const { accounts, stackSets, entries, fail } = organization({ [ou]: [] });
    const preferences = { ...defaultPreferences, failureToleranceCount: 9 };
    const { stackSetId } = await stackSets.create(request({ preferences }));
    fail.set('A eu-west-1', 'no room');
    accounts[ou] = ['A', 'B'];
    await stackSets.organizationChanged();
    expect(entries()).toEqual(['+ member B eu-west-1', '+ member B us-east-1']);
    const { queue, instances } = stackSets.named(stackSetId);
    expect(queue.operations.map(({ action, status, automatic }) => ({ action, status, automatic }))).toEqual([
      { action: 'CREATE', status: 'SUCCEEDED', automatic: true },
      { action: 'CREATE', status: 'FAILED', automatic: true },
      { action: 'CREATE', status: 'SUCCEEDED', automatic: false },
    ]);
    const { status, detailedStatus } = instances.get('A/us-east-1') ?? {};
    expect({ status, detailedStatus }).toEqual({ status: 'OUTDATED', detailedStatus: 'CANCELLED' });
  });

  it('leaves an instance inoperable whose stack cannot be deleted, until it is deleted without the stack', async () => {
    const { stackSets, fail } = organization({ [ou]: ['A'] });
    const { stackSetId, remove } = await stackSets.create(request({ groups: [group({})] }));
    const stackSet = stackSets.named(stackSetId);
    fail.set('remove A eu-west-1', 'not empty');
    await expect(remove()).rejects.toThrow('not empty');
    expect(stackSet.instances.get('A/eu-west-1')).toMatchObject({
      status: 'INOPERABLE',
      statusReason: 'not empty',
    });
    const updated = await stackSet.updateInstances();
    expect(updated.operation.results).toEqual([]);
    const { done } = await stackSet.deleteInstances(group({}), { retainStacks: true });
    await done;
    stackSets.delete(stackSet);
    expect(stackSets.all()).toEqual([]);
  });

  it('follows up changes one after the other, also after one that failed', async () => {
    const accounts: Record<string, string[]> = { [ou]: [] };
    const deployed: string[] = [];
    const failed: unknown[] = [];
    const stackSets = createStackSets({
      managementAccountId: '111111111111',
      delegatedAdministrators: async () => [hub.accountId],
      accountsUnder: () => async (parentId) => new Map((accounts[parentId] ?? []).map((id) => [id, true])),
      deploy: async (_request, _stackName, { accountId }) => {
        if (accountId === 'broken') throw new Error('broken');
        deployed.push(accountId);
        return { stackId: accountId, outputs: {}, update: async () => {}, remove: async () => {} };
      },
      update: async () => {},
      failed: (_request, place, error) => failed.push({ ...place, error }),
    });
    await stackSets.create(request({ groups: [group({})] }));
    accounts[ou] = ['broken'];
    await stackSets.organizationChanged();
    expect(failed).toEqual([{ accountId: 'broken', region: 'eu-west-1', error: new Error('broken') }]);
    accounts[ou] = ['broken', 'A'];
    await stackSets.organizationChanged();
    expect(deployed).toEqual(['A']);
    expect(stackSets.isEnrolled('broken')).toBe(false);
  });
});
