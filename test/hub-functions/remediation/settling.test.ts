import { bucketAdapter } from '../../../resources/bucket/adapter';
import type { ResourceAccess } from '../../../resources/kit/live-resource';
import { securityGroupAdapter } from '../../../resources/security-group/adapter';
import { testIdentity } from '../../support/findings';
import { World } from './support/doors';
import { everybody, MemoryBucket, off, owner, policy, refusal } from './support/memory-bucket';

const access: ResourceAccess = {
  finding: testIdentity,
  credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' },
  signal: new AbortController().signal,
  mayWrite: async () => {},
};

/** How long to wait before each further look at a bucket, or at a group, as the deployed functions do. */
const settlingOf = (adapter: ReturnType<typeof bucketAdapter> | ReturnType<typeof securityGroupAdapter>) => {
  const live = adapter.open(access);
  live.close();
  return live.settling;
};
const bucket = settlingOf(bucketAdapter());
const group = settlingOf(securityGroupAdapter());
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

/** Doors whose change is seen so many milliseconds after it was made. */
function lateWorld(settling: readonly number[], milliseconds: number): World {
  const world = new World(['a!']);
  world.settling = settling;
  world.seen = (_reading, doors) =>
    world.applications > 0 && sum(world.pauses) < milliseconds ? ['a!'] : doors;
  return world;
}

describe('looking again at what was just written', () => {
  it('lasts up to ten seconds for a bucket, at growing distances', () => {
    expect(sum(bucket)).toBeGreaterThan(9_000);
    expect(sum(bucket)).toBeLessThanOrEqual(10_000);
    expect(bucket).toEqual([...bucket].sort((one, other) => one - other));
  });

  it('never waits as long as a function has left when its calls are cut off', () => {
    expect(Math.max(...bucket, ...group)).toBeLessThan(5_000);
  });

  it.each([0, 700, 3_000, 9_000])(
    'finds a bucket fixed whose settings settle after %d ms',
    async (milliseconds) => {
      const world = lateWorld(bucket, milliseconds);
      expect(await world.fix()).toMatchObject({ outcome: 'fixed', applied: 1 });
      expect(sum(world.pauses)).toBeLessThan(milliseconds + 3_000);
    },
  );

  it('ends after ten seconds, and calls nothing fixed that it does not see', async () => {
    const world = lateWorld(bucket, 60_000);
    expect(await world.fix()).toMatchObject({ outcome: 'failed' });
    expect(world.pauses).toEqual(bucket);
  });

  it('is short for a group', async () => {
    const world = lateWorld(group, 9_000);
    expect(await world.fix()).toMatchObject({ outcome: 'failed' });
    expect(sum(world.pauses)).toBeLessThan(2_000);
  });

  it('is short for a bucket that nobody wrote, however its plan is refused', async () => {
    const world = new World(['a?']);
    world.settling = bucket;
    await world.plan();
    expect(sum(world.pauses)).toBeLessThan(2_000);
  });
});

describe('a bucket that settles late', () => {
  it.each([1, 3, 5])('is fixed, though %d readings show the settings from before', async (lag) => {
    const late = new MemoryBucket({ block: off, grants: [owner, everybody] });
    late.lag = lag;
    expect(await late.fix(true)).toMatchObject({ outcome: 'fixed' });
  });

  it.each([1, 3, 5])('is undone, though %d readings show the settings from before', async (lag) => {
    const late = new MemoryBucket({ block: off, grants: [owner, everybody] });
    await late.fix(true);
    late.lag = lag;
    expect(await late.undo()).toMatchObject({ outcome: 'undone' });
    expect(late.grants).toEqual([owner, everybody]);
    expect(late.block).toEqual(off);
  });

  it('has its policy back as soon as S3 takes it, after a setting that is not off everywhere yet', async () => {
    const late = new MemoryBucket({ block: off, policy });
    await late.fix(true);
    let denials = 5;
    late.before = (command) =>
      command === 'PutBucketPolicyCommand' && denials-- > 0 ? refusal('AccessDenied') : undefined;
    expect(await late.undo()).toMatchObject({ outcome: 'undone' });
    expect(late.policy).toBe(policy);
  });
});
