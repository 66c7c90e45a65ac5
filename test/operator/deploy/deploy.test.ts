import { deploy } from '../../../operator/deploy/deploy';
import { destroy } from '../../../operator/deploy/destroy';
import { diagnosisOf } from '../../../operator/doctor/doctor';
import { quietHost } from '../fake-hub';
import { allStacks, FakeCloudFormation } from './fake-cloudformation';

const hub = { account: '222222222222', region: 'eu-west-1' };
const well = diagnosisOf([{ check: 'roles', condition: 'well', text: 'well' }], []);
const sick = diagnosisOf([{ check: 'roles', condition: 'not well', text: 'missing' }], []);
const [hubStack, pilot, rest] = ['staunch-hub', 'staunch-stack-sets-pilot', 'staunch-stack-sets'];

let cloud: FakeCloudFormation;
let paused: number;
let retried: string[];

beforeEach(() => {
  cloud = new FakeCloudFormation();
  paused = 0;
  retried = [];
});

const shared = () => ({
  access: cloud.access,
  host: quietHost(),
  home: hub,
  cdk: cloud.cdk,
  stacks: allStacks,
  pause: async () => {
    paused += 1;
  },
});

const deployed = (doctor: { pilot?: typeof well; all?: typeof well } = {}, stacks = allStacks) =>
  deploy({
    ...shared(),
    stacks,
    makeWay: async () => void retried.push(`way after ${cloud.done.at(-1)}`),
    retry: async (part) => {
      retried.push(`${part} after ${cloud.done.at(-1)}`);
      return { failed: 0, left: 0 };
    },
    doctor: { pilot: async () => doctor.pilot ?? well, all: async () => doctor.all ?? well },
  });

const destroyed = (stacks = allStacks) =>
  destroy({ ...shared(), stacks, take: [], bucketName: 'staunch-config-222222222222' });

describe('a deployment', () => {
  it('makes the hub first, then the pilot, then the rest, and takes over what an earlier hub left', async () => {
    const { ok } = await deployed();

    expect(ok).toBe(true);
    expect(cloud.done).toEqual([`deploy ${hubStack}`, `deploy ${pilot}`, `deploy ${rest}`]);
    expect(cloud.adopted).toBe(true);
  });

  it('changes the members before the hub where there is one', async () => {
    cloud.statuses.set(hubStack, 'UPDATE_COMPLETE');

    await deployed();

    expect(cloud.done).toEqual([`deploy ${pilot}`, `deploy ${rest}`, `deploy ${hubStack}`]);
    expect(cloud.adopted).toBe(false);
  });

  it.each(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'DELETE_COMPLETE'])(
    'takes over what an earlier hub left also where the run before ended in %s',
    async (status) => {
      cloud.statuses.set(hubStack, status);

      expect((await deployed()).ok).toBe(true);
      expect(cloud.adopted).toBe(true);
    },
  );

  it('takes over what an earlier hub left where that is still being removed', async () => {
    cloud.busy(hubStack, 3, undefined);
    cloud.statuses.set(hubStack, 'DELETE_IN_PROGRESS');

    expect((await deployed()).ok).toBe(true);
    expect(cloud.adopted).toBe(true);
  });

  it('removes the pilot, before anything else, where the policy has none any more', async () => {
    for (const stack of allStacks) cloud.statuses.set(stack, 'UPDATE_COMPLETE');

    const { ok, stacks } = await deployed({}, [hubStack, rest]);

    expect(ok).toBe(true);
    expect(stacks[0]).toEqual({ stack: pilot, ok: true, said: [], removed: true });
    expect(cloud.done).toEqual([`delete ${pilot}`, `deploy ${rest}`, `deploy ${hubStack}`]);
  });

  it('deploys nothing where the pilot that the policy has no more cannot be removed', async () => {
    for (const stack of allStacks) cloud.statuses.set(stack, 'UPDATE_COMPLETE');
    cloud.failing.set(pilot, 'DELETE_FAILED');

    const { ok, stacks } = await deployed({}, [hubStack, rest]);

    expect(ok).toBe(false);
    expect(cloud.done).toEqual([`delete ${pilot}`]);
    expect(stacks[0]?.cure?.steps).toMatchObject([{ call: { operation: 'DeleteStack' } }]);
  });

  it('tries failed stacks of members again, of each part before anything follows that relies on them', async () => {
    cloud.statuses.set(hubStack, 'UPDATE_COMPLETE');

    await deployed();

    expect(retried).toEqual([
      `way after undefined`,
      `pilot after deploy ${pilot}`,
      `rest after deploy ${rest}`,
    ]);
  });

  it('removes the stack sets of an earlier version, with their stack, before anything of the same names comes', async () => {
    for (const stack of [hubStack, rest]) cloud.statuses.set(stack, 'UPDATE_COMPLETE');
    cloud.instances.set('staunch-member-roles', [{ Account: '333333333333', Region: 'eu-west-1' }]);

    expect((await deployed({}, [hubStack, rest])).ok).toBe(true);
    expect(cloud.done).toEqual([`delete ${rest}`, `deploy ${rest}`, `deploy ${hubStack}`]);
    cloud.done.length = 0;
    cloud.instances.clear();

    // The next one has nothing to remove.
    await deployed({}, [hubStack, rest]);
    expect(cloud.done).toEqual([`deploy ${rest}`, `deploy ${hubStack}`]);
  });

  it('deploys nothing while the stack sets of an earlier version cannot be removed, or read', async () => {
    for (const stack of [hubStack, rest]) cloud.statuses.set(stack, 'UPDATE_COMPLETE');
    cloud.instances.set('staunch-member', []);
    cloud.failing.set(rest, 'DELETE_FAILED');

    expect((await deployed({}, [hubStack, rest])).ok).toBe(false);
    cloud.statuses.set(rest, 'UPDATE_COMPLETE');
    cloud.unreadable = true;
    await expect(deployed({}, [hubStack, rest])).rejects.toThrow(
      'of an earlier version is there cannot be read',
    );
    expect(cloud.done).toEqual([`delete ${rest}`]);
  });

  it('deploys nothing but the pilot while that is not well', async () => {
    const outcome = await deployed({ pilot: sick });

    expect(outcome).toMatchObject({ ok: false, stoppedAtPilot: true, diagnosis: sick });
    expect(cloud.done).toEqual([`deploy ${hubStack}`, `deploy ${pilot}`]);
  });

  it('is not well where an account failed in the end', async () => {
    expect(await deployed({ all: sick })).toMatchObject({ ok: false, stoppedAtPilot: false });
  });

  it.each(allStacks)('goes on where %s failed', async (stack) => {
    cloud.failing.set(stack, 'UPDATE_ROLLBACK_COMPLETE');

    const first = await deployed();
    expect(first.ok).toBe(false);
    expect(first.stacks.at(-1)).toMatchObject({ stack, ok: false, said: ['it failed'] });
    expect((await deployed()).ok).toBe(true);
  });

  it('waits for what CloudFormation is in the middle of, of another run that may have been killed', async () => {
    cloud.busy(hubStack, 3, 'UPDATE_COMPLETE');

    expect((await deployed()).ok).toBe(true);
    expect(paused).toBeGreaterThan(0);
  });

  it('tries again, once the other has ended, where another run was a moment faster', async () => {
    const { run } = { run: cloud.cdk.deploy };
    let first = true;
    vi.spyOn(cloud.cdk, 'deploy').mockImplementation(async (stack, options, progress) => {
      if (!first) return run(stack, options, progress);
      first = false;
      cloud.busy(stack, 2, 'CREATE_COMPLETE');
      return { ok: false, said: ['the stack is in UPDATE_IN_PROGRESS state and can not be updated'] };
    });

    expect((await deployed()).ok).toBe(true);
  });

  it('says what frees a stack on which CloudFormation does nothing more', async () => {
    cloud.statuses.set(hubStack, 'ROLLBACK_FAILED');

    const { ok, stacks } = await deployed();

    expect(ok).toBe(false);
    expect(cloud.done).toEqual([]);
    expect(stacks.at(-1)?.cure?.steps).toMatchObject([
      {
        call: {
          operation: 'UpdateTable',
          input: { TableName: 'staunch-ledger', DeletionProtectionEnabled: false },
        },
      },
      { call: { operation: 'UpdateTable' } },
      { call: { operation: 'DeleteStack', input: { StackName: hubStack } } },
    ]);
  });

  it.each([
    ['UPDATE_ROLLBACK_FAILED', 'ContinueUpdateRollback'],
    ['UPDATE_FAILED', 'RollbackStack'],
  ])('deletes nothing to free a stack that is %s', async (status, operation) => {
    cloud.statuses.set(hubStack, status);

    const { stacks } = await deployed();

    expect(stacks.at(-1)?.cure?.steps).toMatchObject([{ call: { operation } }]);
  });
});

describe('with credentials of another account, which may be a hub as well', () => {
  beforeEach(() => {
    cloud.caller = '999999999999';
    for (const stack of allStacks) cloud.statuses.set(stack, 'UPDATE_COMPLETE');
  });

  it.each([
    ['deploys', () => deployed({}, [hubStack, rest])],
    ['removes', () => destroyed([hubStack, rest])],
  ])('%s nothing', async (_what, run) => {
    await expect(run()).rejects.toThrow('These credentials are of account 999999999999, and the hub is');
    expect(cloud.done).toEqual([]);
  });
});

describe('removing', () => {
  it('takes the hub last', async () => {
    for (const stack of allStacks) cloud.statuses.set(stack, 'UPDATE_COMPLETE');

    expect(await destroyed()).toMatchObject({ ok: true, taken: [] });
    expect(cloud.done).toEqual([`destroy ${rest}`, `destroy ${pilot}`, `destroy ${hubStack}`]);
  });

  it('takes the pilot of an earlier policy, too, before the hub', async () => {
    for (const stack of allStacks) cloud.statuses.set(stack, 'UPDATE_COMPLETE');

    expect(await destroyed([hubStack, rest])).toMatchObject({ ok: true });
    expect(cloud.done).toEqual([`destroy ${rest}`, `delete ${pilot}`, `destroy ${hubStack}`]);
    expect([...cloud.statuses]).toEqual([]);
  });

  it('leaves the hub while something of the members is left, and goes on later', async () => {
    for (const stack of allStacks) cloud.statuses.set(stack, 'UPDATE_COMPLETE');
    cloud.failing.set(rest, 'UPDATE_COMPLETE');

    expect((await destroyed()).ok).toBe(false);
    expect(cloud.statuses.has(hubStack)).toBe(true);
    expect((await destroyed()).ok).toBe(true);
    expect([...cloud.statuses]).toEqual([]);
  });
});
