import { EC2Client } from '@aws-sdk/client-ec2';
import type { Change, Plan } from '../../../core/plan';
import { stateDigest } from '../../../core/state-digest';
import { applyFix } from '../../../hub-functions/remediation/apply';
import { type StopGuardParts, stopGuard } from '../../../hub-functions/remediation/stop-guard';
import type { Stop } from '../../../ledger/limits/stop';
import { type LiveResource, settlesSoon } from '../../../resources/kit/live-resource';
import { applyToGroup } from '../../../resources/security-group/apply';
import { TestClock } from '../../support/clock';
import { stubbed } from '../../support/stubbed-client';
import { type Doors, control as doorsControl, World } from './support/doors';
import { everybody, MemoryBucket, off, owner, policy, refusal } from './support/memory-bucket';

const account = '111122223333';
const paused: Stop = {
  scope: account,
  reason: 'A release.',
  by: 'anna',
  at: '2026-11-23T09:00:00.000Z',
};

/** A guard whose switch is off at the first `free` readings, and then as `then` answers. */
function guardAfter(free: number, then: () => Stop[], more: Partial<StopGuardParts> = {}) {
  let reads = 0;
  return stopGuard({
    stopSwitch: { stops: async () => (reads++ < free ? [] : then()) },
    place: [account],
    now: new TestClock().now,
    pause: async () => {},
    ...more,
  });
}
const pausedAfter = (free: number) => guardAfter(free, () => [paused]);
const unreadable = () => {
  throw refusal('ProvisionedThroughputExceededException');
};

describe('a pause between two writes of a bucket', () => {
  const open = () => new MemoryBucket({ policy, grants: [owner, everybody] });
  const all = ['PutPublicAccessBlockCommand', 'PutBucketAclCommand', 'DeleteBucketPolicyCommand'];

  it.each([0, 1, 2])('stops the rest after %i of them, and says what was made', async (free) => {
    const bucket = open();
    bucket.mayWrite = pausedAfter(free);
    const result = await bucket.fix();
    const actions = ['blockPublicAccess', 'removeGrant', 'deletePolicy'].slice(0, free);

    expect(result).toMatchObject({ outcome: 'stopped', applied: free });
    expect(result.reason).toContain('paused by anna: A release.');
    expect(result.step?.made.map(({ action }) => action)).toEqual(actions);
    expect(bucket.writes).toEqual(all.slice(0, free));
    expect(result).not.toHaveProperty('mayHaveWritten');
    expect(result).not.toHaveProperty('switchUnreadable');
  });

  it('stops nothing that is made already', async () => {
    const bucket = open();
    bucket.mayWrite = pausedAfter(3);
    expect(await bucket.fix()).toMatchObject({ outcome: 'fixed', applied: 3 });
    expect(bucket.writes).toEqual(all);
  });

  it.each([1, 2])('leaves a fix that is completed afterwards: %i of the writes were made', async (free) => {
    const bucket = open();
    bucket.mayWrite = pausedAfter(free);
    await bucket.fix();
    bucket.mayWrite = async () => {};
    expect(await bucket.fix()).toMatchObject({ outcome: 'fixed' });
    expect([bucket.grants, bucket.policy]).toEqual([[owner], undefined]);
  });

  it('stops the completion of an earlier fix, too', async () => {
    const bucket = new MemoryBucket({ grants: [owner, everybody] });
    bucket.mayWrite = pausedAfter(1);
    await bucket.fix();
    bucket.mayWrite = pausedAfter(0);
    const result = await bucket.fix();
    expect(result).toMatchObject({ outcome: 'stopped', applied: 0, completed: [{ made: [] }] });
    expect(bucket.grants).toEqual([owner, everybody]);
  });

  it('stops the rest where the settings were denied before', async () => {
    const bucket = open();
    bucket.before = (command) => (command === all[0] ? refusal('AccessDenied') : undefined);
    bucket.mayWrite = pausedAfter(2);
    expect(await bucket.fix()).toMatchObject({
      outcome: 'stopped',
      step: { made: [{ action: 'removeGrant' }] },
    });
    expect(bucket.policy).toBe(policy);
  });

  it('does not stop an undo', async () => {
    const bucket = open();
    await bucket.fix();
    bucket.mayWrite = pausedAfter(0);
    expect(await bucket.undo()).toMatchObject({ outcome: 'undone', applied: 3 });
    expect([bucket.block, bucket.grants, bucket.policy]).toEqual([undefined, [owner, everybody], policy]);
  });
});

describe('a switch that cannot be read between two writes of a bucket', () => {
  it('counts as on, and is told', async () => {
    const bucket = new MemoryBucket({ policy, grants: [owner, everybody] });
    bucket.mayWrite = guardAfter(1, unreadable);
    expect(await bucket.fix()).toMatchObject({
      outcome: 'stopped',
      applied: 1,
      switchUnreadable: true,
      step: { made: [{ action: 'blockPublicAccess' }] },
    });
    expect(bucket.writes).toHaveLength(1);
  });

  it('is read again before that', async () => {
    const bucket = new MemoryBucket({ policy });
    let failures = 2;
    bucket.mayWrite = guardAfter(1, () => (failures-- > 0 ? unreadable() : []));
    expect(await bucket.fix()).toMatchObject({ outcome: 'fixed' });
  });
});

describe('a freeze that begins between two writes of a bucket', () => {
  it('stops the rest, and says what was made', async () => {
    const bucket = new MemoryBucket({ policy, grants: [owner, everybody] });
    const clock = new TestClock();
    const writeBefore = '2026-11-23T10:00:10.000Z';
    const guard = guardAfter(99, () => [], { writeBefore, now: clock.now });
    bucket.mayWrite = async () => {
      await guard();
      clock.advance({ seconds: 5 });
    };
    const result = await bucket.fix();
    expect(result).toMatchObject({
      outcome: 'stopped',
      applied: 2,
      reason: 'A freeze of the policy has begun.',
      step: { made: [{ action: 'blockPublicAccess' }, { action: 'removeGrant' }] },
    });
    expect(bucket.block).toMatchObject({
      ...off,
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
    });
    expect(bucket.policy).toBe(policy);
  });
});

describe('a pause between two calls of EC2', () => {
  const revoke = (port: number): Change => ({
    action: 'revoke',
    text: `Revoke ${port}.`,
    protocol: 'tcp',
    fromPort: port,
    toPort: port,
    cidr: '0.0.0.0/0',
  });
  // Three calls: at most a hundred rules go into each.
  const changes = Array.from({ length: 250 }, (_, index) => revoke(index + 1));

  async function fix(mayWrite: () => Promise<void>) {
    let calls = 0;
    const client = stubbed(new EC2Client({ region: 'eu-west-1' }), () => {
      calls += 1;
      return { $metadata: {} };
    });
    const world = new World(['a!']);
    const access = { client, groupId: 'sg-1', signal: new AbortController().signal, mayWrite };
    const live: LiveResource<Doors> = {
      settling: settlesSoon,
      read: () => world.read(),
      apply: async (plan, _reading, onApplied) => {
        await applyToGroup(access, plan, onApplied);
        world.doors = [];
      },
      applyUndo: async () => {},
      close() {},
    };
    const plan: Plan = { changes, lossy: false, losses: [] };
    const result = await applyFix({
      control: doorsControl,
      parameters: {},
      live,
      pause: async () => {},
      fix: { plan, state: stateDigest(['a!']) },
      applyLossy: false,
      unfinished: [],
    });
    return { result, calls };
  }

  it.each([0, 1, 2])('stops the rest after %i of them, and says what was made', async (free) => {
    const { result, calls } = await fix(pausedAfter(free));
    expect(result).toMatchObject({ outcome: 'stopped', applied: 100 * free });
    expect(result.step?.made).toEqual(changes.slice(0, 100 * free));
    expect(calls).toBe(free);
  });

  it('counts as on where the switch cannot be read', async () => {
    const { result, calls } = await fix(guardAfter(1, unreadable));
    expect(result).toMatchObject({ outcome: 'stopped', applied: 100, switchUnreadable: true });
    expect(calls).toBe(1);
  });

  it('stops nothing where there is none', async () => {
    const { result, calls } = await fix(pausedAfter(3));
    expect(result).toMatchObject({ outcome: 'fixed', applied: 250 });
    expect(calls).toBe(3);
  });
});
