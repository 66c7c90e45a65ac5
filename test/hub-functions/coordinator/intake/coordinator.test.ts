import { UnusableMessageError } from '../../../../hub-functions/coordinator/intake/hint';
import { nextAttemptOf } from '../../../../ledger/findings/record-parts';
import { UnknownAccountError } from '../../../../ledger/organization/place-errors';
import {
  accounts,
  answer,
  messageFor,
  testIdentity,
  testPlan,
  testPolicy,
  testState,
} from '../../../support/findings';
import { dueKeys } from '../sweep/due-keys';
import { World } from '../world';

const newWorld = () => World.inMemory().world;
const states = (world: World) => world.reports.map(({ state }) => state);
const inAccount = (accountId: string) => ({ ...testIdentity, accountId });

describe('a finding', () => {
  it('is fixed where the flag is on, recorded and reported', async () => {
    const world = newWorld();
    await world.receive();
    expect(world.modes).toEqual(['plan', 'apply']);
    const record = await world.latest();
    expect(record).toMatchObject({ state: 'fixed', occurrence: 1, flag: 'on', pendingReports: {} });
    expect(record).not.toHaveProperty('dueAt');
    expect(world.reports).toMatchObject([
      { state: 'fixed', flag: 'on', plan: testPlan, severity: 'critical' },
    ]);
  });

  it('is only reported, with the plan from the live resource, where the flag is off', async () => {
    const world = newWorld();
    await world.receive(inAccount(accounts.off));
    expect(world.modes).toEqual(['plan']);
    expect(world.reports).toMatchObject([{ state: 'reported', flag: 'off', plan: testPlan }]);
  });

  it('waits where approval is asked', async () => {
    const world = newWorld();
    await world.receive(inAccount(accounts.approval));
    expect(world.modes).toEqual(['plan']);
    expect(world.reports).toMatchObject([{ state: 'waiting', flag: 'approval' }]);
  });

  it('waits under on when the plan takes more than the danger, unless the policy says to apply', async () => {
    const lossy = answer('planned', { plan: { ...testPlan, lossy: true, losses: ['More goes.'] } });
    const world = newWorld();
    world.remediate = async (assignment) => (assignment.mode === 'plan' ? lossy : world.play(assignment));
    await world.receive();
    expect(world.modes).toEqual(['plan']);
    world.policy = { ...testPolicy, lossy: 'apply' };
    await world.sweepOut();
    expect(world.modes).toEqual(['plan', 'plan', 'plan', 'apply']);
    expect(world.asked.at(-1)).toMatchObject({ mode: 'apply', applyLossy: true });
    expect(states(world)).toEqual(['waiting', 'fixed']);
  });

  it('that was never dangerous is recorded, changes nothing and tells nobody', async () => {
    const world = newWorld();
    world.open = false;
    await world.receive();
    expect(world.modes).toEqual(['plan']);
    expect((await world.latest())?.state).toBe('already-compliant');
    expect(world.reports).toEqual([]);
  });

  it('of a resource that is gone at first sight leaves nothing: anybody can name what does not exist', async () => {
    const world = newWorld();
    world.open = undefined;
    await world.receive();
    expect(world.modes).toEqual(['plan']);
    expect(await world.latest()).toBeUndefined();
    expect(await dueKeys(world.ledger)).toEqual([]);
    expect(world.reports).toEqual([]);
  });

  it('of a resource that is gone since it was told is recorded as gone', async () => {
    const world = newWorld();
    await world.receive(inAccount(accounts.off));
    world.open = undefined;
    await world.receive(inAccount(accounts.off));
    expect((await world.latest(inAccount(accounts.off)))?.state).toBe('gone');
    expect(states(world)).toEqual(['reported', 'gone']);
  });

  it('changes nothing while the account cannot be placed, says why, and is fixed once it can', async () => {
    const world = newWorld();
    world.organizationDown = true;
    await world.receive();
    expect(world.modes).toEqual(['plan']);
    expect(world.reports).toMatchObject([
      { state: 'failed', reason: expect.stringContaining('flag cannot be resolved') },
    ]);
    expect(world.reports[0]).not.toHaveProperty('flag');
    world.organizationDown = false;
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect((await world.latest())?.state).toBe('fixed');
  });
});

describe('a message', () => {
  it('about an open finding tells nobody again', async () => {
    const world = newWorld();
    for (let message = 0; message < 3; message += 1) await world.receive(inAccount(accounts.off));
    expect(states(world)).toEqual(['reported']);
    expect(await world.latest(inAccount(accounts.off))).toMatchObject({ occurrence: 1, attempt: 3 });
  });

  it('that comes late, after the fix, changes and records nothing', async () => {
    const world = newWorld();
    await world.receive();
    const before = await world.latest();
    await world.receive();
    expect(world.modes).toEqual(['plan', 'apply', 'plan']);
    expect(await world.latest()).toEqual(before);
  });

  it('about a resource that was opened again begins a new occurrence', async () => {
    const world = newWorld();
    await world.receive();
    world.open = true;
    await world.receive();
    expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'fixed' });
    expect(new Set(world.reports.map(({ reportId }) => reportId)).size).toBe(2);
    // The look that found it open again is not made twice.
    expect(world.modes).toEqual(['plan', 'apply', 'plan', 'apply']);
  });

  it('that meets a closed finding and cannot look loses nothing: it is looked at again', async () => {
    const world = newWorld();
    await world.receive();
    world.open = true;
    const play = world.remediate;
    world.remediate = async () => answer('failed', { reason: 'Denied.', errorCode: 'AccessDenied' });
    await world.receive();
    expect(await world.latest()).toMatchObject({ occurrence: 1, state: 'fixed' });
    world.remediate = play;
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'fixed' });
  });

  it('for an account that is not in the organization fails, and leaves no trace', async () => {
    const world = newWorld();
    const stranger = inAccount('555555555555');
    await expect(world.receive(stranger)).rejects.toThrow(UnknownAccountError);
    expect(await world.latest(stranger)).toBeUndefined();
    expect(world.asked).toEqual([]);
  });

  it('for a Region that the policy does not watch fails, says which are watched, and leads to no session', async () => {
    const world = newWorld();
    const elsewhere = { ...testIdentity, region: 'us-iso-east-1' };
    await expect(world.receive(elsewhere)).rejects.toThrow(UnusableMessageError);
    await expect(world.receive(elsewhere)).rejects.toThrow(/"us-iso-east-1" is not watched.*eu-west-1/);
    expect(world.asked).toEqual([]);
    expect(await world.latest(elsewhere)).toBeUndefined();
  });

  it('whose look saw a number that no table takes is recorded and reported all the same', async () => {
    const world = newWorld();
    const statement = { Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': [1e20, 1e300] } } };
    const violations = [{ kind: 'public-policy', text: 'Public.', detail: { statement } }];
    const plan = { ...testPlan, changes: [{ action: 'removeStatement', text: 'It goes.', statement }] };
    world.remediate = async ({ mode }) =>
      mode === 'plan'
        ? answer('planned', { violations, plan })
        : answer('fixed', { violations, plan, step: { made: plan.changes } });
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'fixed', violations, plan });
    expect(world.reports).toMatchObject([{ state: 'fixed', violations, plan }]);
  });

  it('that is unusable fails with its reason', async () => {
    const world = newWorld();
    const receiving = world.coordinator().receive(messageFor(testIdentity, { version: 9 }), () => 180_000);
    await expect(receiving).rejects.toThrow(UnusableMessageError);
  });
});

describe('while every flag is off, the sweep', () => {
  const offWorld = async () => {
    const world = newWorld();
    world.policy = { ...testPolicy, accounts: {} };
    return world;
  };

  it('sends the report that did not reach the bus', async () => {
    const world = await offWorld();
    world.busDown = true;
    await world.receive();
    world.busDown = false;
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(states(world)).toEqual(['reported']);
    expect(await world.latest()).not.toHaveProperty('dueAt');
  });

  it('sends the report of a finding that is closed', async () => {
    const world = await offWorld();
    await world.receive();
    world.open = false;
    world.busDown = true;
    await world.hearMended();
    world.busDown = false;
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(states(world)).toEqual(['reported', 'already-compliant']);
  });

  it('tries a look that failed again', async () => {
    const world = await offWorld();
    world.remediate = async () => answer('failed', { reason: 'Denied.', errorCode: 'AccessDenied' });
    await world.receive();
    world.remediate = async (assignment) => world.play(assignment);
    world.clock.advance({ minutes: 18 });
    await world.sweep();
    expect(states(world)).toEqual(['reported']);
  });
});

describe("AWS Config's word that a resource complies again", () => {
  it('closes a finding that its owner mended, so that the next opening is told anew', async () => {
    const world = newWorld();
    const off = inAccount(accounts.off);
    await world.receive(off);
    world.open = false;
    await world.hearMended(off);
    expect(await world.latest(off)).toMatchObject({ occurrence: 1, state: 'already-compliant' });
    world.open = true;
    await world.receive(off);
    expect(await world.latest(off)).toMatchObject({ occurrence: 2, state: 'reported' });
    expect(states(world).filter((state) => state === 'reported')).toHaveLength(2);
  });

  it('is not believed where the resource is still open', async () => {
    const world = newWorld();
    const off = inAccount(accounts.off);
    await world.receive(off);
    await world.hearMended(off);
    expect(await world.latest(off)).toMatchObject({ occurrence: 1, state: 'reported' });
  });

  it('leads to no look where no finding is open', async () => {
    const world = newWorld();
    await world.hearMended();
    await world.receive();
    const looks = world.modes.length;
    await world.hearMended();
    expect(world.modes).toHaveLength(looks);
    expect(await world.latest()).toMatchObject({ occurrence: 1, state: 'fixed' });
  });
});

describe('two workers', () => {
  it('with the same new finding fix it once, and the second message is looked after too', async () => {
    const world = newWorld();
    await Promise.all([world.receive(), world.receive(), world.receive()]);
    expect(world.modes.filter((mode) => mode === 'apply')).toHaveLength(1);
    expect(states(world)).toEqual(['fixed']);
    const record = await world.latest();
    expect(record).toMatchObject({ occurrence: 1, state: 'fixed' });
    expect(record).not.toHaveProperty('dueAt');
  });

  it('find a resource that is opened during the work: the holder looks again after it', async () => {
    const world = newWorld();
    world.remediate = async (assignment) => {
      const result = world.play(assignment);
      if (assignment.mode === 'apply' && assignment.occurrence === 1) {
        world.open = true;
        await world.receive();
      }
      return result;
    };
    await world.receive();
    expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'fixed' });
    expect(world.open).toBe(false);
    expect(await dueKeys(world.ledger)).toEqual([]);
  });

  it('leave what keeps changing to the sweep, after a bounded number of looks', async () => {
    const world = newWorld();
    let meddling = true;
    world.remediate = async (assignment) => {
      const result = world.play(assignment);
      if (meddling && assignment.mode === 'apply') {
        world.open = true;
        await world.receive();
      }
      return result;
    };
    await world.receive();
    expect(world.modes.filter((mode) => mode === 'apply')).toHaveLength(2);
    expect(await world.latest()).toMatchObject({ state: 'held', heldBy: 'conflict' });
    meddling = false;
    world.clock.advance({ minutes: 3 });
    await world.sweep();
    expect(world.open).toBe(false);
    expect((await world.latest())?.state).toBe('fixed');
    expect(await dueKeys(world.ledger)).toEqual([]);
  });
});

describe('a fix that nobody heard the end of', () => {
  it('is told as fixed, with its plan, when the resource complies the next time', async () => {
    const world = newWorld();
    world.remediate = async (assignment) => {
      const result = world.play(assignment);
      if (assignment.mode === 'plan' || world.applies.length > 1) return result;
      return { ...answer('failed', { reason: 'No answer came.', violations: [] }), unconfirmed: true };
    };
    await world.receive();
    world.clock.advance({ seconds: 75 });
    await world.sweep();
    expect(states(world)).toEqual(['failed', 'fixed']);
    // What may have been left undone is made whole before.
    expect(world.applies[1]).toMatchObject({
      unfinished: [{ before: testState, changes: testPlan.changes }],
    });
    expect(world.reports[1]).toMatchObject({
      plan: testPlan,
      reason: expect.stringContaining('earlier attempt'),
    });
  });

  it('is made whole where it complies already, and tried again when that fails', async () => {
    const world = newWorld();
    let denied = true;
    world.remediate = async (assignment) => {
      const result = world.play(assignment);
      if (assignment.mode === 'plan') return result;
      return denied
        ? answer('failed', { reason: 'AccessDenied: no', errorCode: 'AccessDenied', applied: 1 })
        : result;
    };
    await world.receive();
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'failed', errorCode: 'AccessDenied' });
    denied = false;
    world.clock.advance({ minutes: 2 });
    await world.sweep();
    expect(world.modes).toEqual(['plan', 'apply', 'plan', 'apply', 'plan', 'apply']);
    // What is handed over is what is not known to be whole, once, and no plan.
    expect(world.applies.map(({ fix, unfinished }) => [fix?.plan, unfinished])).toEqual([
      [testPlan, []],
      [undefined, [{ before: testState, changes: testPlan.changes }]],
      [undefined, [{ before: testState, changes: testPlan.changes }]],
    ]);
    expect(world.reports.at(-1)).toMatchObject({ state: 'fixed', plan: testPlan });
    expect((await world.savedStates.history(testIdentity, 1))?.unfinished).toEqual([]);
  });

  it('is not made whole, nor called fixed, where the flag asks for approval by now', async () => {
    const world = newWorld();
    world.remediate = async (assignment) => {
      const result = world.play(assignment);
      return assignment.mode === 'plan' ? result : answer('failed', { applied: 1 });
    };
    await world.receive();
    world.policy = {
      ...testPolicy,
      accounts: {},
      default: { flag: 'approval', source: 'organization.yaml:9', controls: {} },
    };
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(world.modes).toEqual(['plan', 'apply', 'plan']);
    expect(await world.latest()).toMatchObject({
      state: 'already-compliant',
      reason: expect.stringContaining('stopped half-way, and may not be completed'),
    });
  });

  it('is not joined by a second one while it may still be at work, and is tried again after that', async () => {
    const world = newWorld();
    world.remediate = async ({ mode }) =>
      mode === 'plan'
        ? answer('planned')
        : { ...answer('failed', { reason: 'ECONNRESET', violations: [] }), unconfirmed: true };
    const applies = () => world.modes.filter((mode) => mode === 'apply').length;
    await world.receive();
    world.clock.advance({ seconds: 74 });
    await world.receive();
    await world.sweep();
    expect(applies()).toBe(1);
    expect(states(world)).toEqual(['failed']);
    world.clock.advance({ seconds: 1 });
    await world.sweep();
    expect(applies()).toBe(2);
  });
});

describe('a worker with too little time left', () => {
  it('does not begin a fix, and gives the finding back, due at once and without a try', async () => {
    const world = newWorld();
    let left = 180_000;
    world.remediate = async (assignment) => {
      left -= 70_000;
      return world.play(assignment);
    };
    left = 100_000;
    await world.coordinator().receive(messageFor(testIdentity), () => left);
    expect(world.modes).toEqual(['plan']);
    expect(await world.latest()).toMatchObject({ state: 'received', tries: 0 });
    expect(await world.latest()).not.toHaveProperty('lease');
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed', attempt: 2 });
    expect(states(world)).toEqual(['fixed']);
  });
});

describe('a worker that was too slow', () => {
  it('changes nothing once another one has its finding', async () => {
    const world = newWorld();
    let slept = false;
    world.remediate = async (assignment) => {
      const result = world.play(assignment);
      if (!slept) {
        slept = true;
        world.clock.advance({ minutes: 10 });
        await world.sweep();
      }
      return result;
    };
    await world.receive();
    expect(world.modes).toEqual(['plan', 'plan', 'apply']);
    expect(states(world)).toEqual(['fixed']);
    expect((await world.latest())?.attempt).toBe(2);
  });
});

describe('a failure', () => {
  const refusing = async () =>
    answer('failed', { reason: 'The role cannot be assumed.', errorCode: 'AccessDenied' });

  it('is reported once, tried again after growing pauses, and given up with a word after ten tries', async () => {
    const world = newWorld();
    world.remediate = refusing;
    await world.receive();
    for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60, 60]) {
      world.clock.advance({ minutes, seconds: -1 });
      const tries = world.asked.length;
      await world.sweep();
      expect(world.asked).toHaveLength(tries);
      world.clock.advance({ seconds: 1 });
      await world.sweep();
      expect(world.asked).toHaveLength(tries + 1);
    }
    expect(states(world)).toEqual(['failed', 'given-up']);
    world.clock.advance({ minutes: 600 });
    expect(await world.sweep()).toEqual({ reported: 0, resumed: 0, failed: 0 });
  });

  it('is looked at for each message that comes within the pause, without a try, a longer pause or a write', async () => {
    const world = newWorld();
    world.remediate = refusing;
    await world.receive();
    const failed = await world.latest();
    const nextAttemptAt = failed && nextAttemptOf(failed);
    for (let message = 0; message < 12; message += 1) {
      world.clock.advance({ seconds: 1 });
      await world.receive();
    }
    expect(world.asked).toHaveLength(13);
    expect(await world.latest()).toMatchObject({ state: 'failed', tries: 1, nextAttemptAt });
    expect(states(world)).toEqual(['failed']);
    world.remediate = async (assignment) => world.play(assignment);
    await world.receive();
    expect([world.modes.includes('apply'), world.open]).toEqual([false, true]);
    expect(await world.latest()).toMatchObject({ state: 'failed', tries: 1, nextAttemptAt });
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(states(world)).toEqual(['failed', 'fixed']);
  });

  it('within whose pause a message finds that all is well is over at once', async () => {
    const world = newWorld();
    world.remediate = refusing;
    await world.receive();
    world.remediate = async (assignment) => world.play(assignment);
    world.open = false;
    await world.receive();
    expect(states(world)).toEqual(['failed', 'already-compliant']);
    expect(await dueKeys(world.ledger)).toEqual([]);
  });

  it('that was given up starts over with a new message', async () => {
    const world = newWorld();
    world.remediate = async () => answer('refused', { reason: 'It cannot be done.' });
    await world.receive();
    expect((await world.latest())?.state).toBe('given-up');
    world.remediate = async (assignment) => world.play(assignment);
    await world.receive();
    expect(states(world)).toEqual(['given-up', 'fixed']);
  });

  it('of the bus keeps the report for the sweep, and does not hold up the fix', async () => {
    const world = newWorld();
    world.busDown = true;
    await world.receive();
    expect(world.open).toBe(false);
    world.busDown = false;
    world.clock.advance({ seconds: 30 });
    await world.sweep();
    expect(states(world)).toEqual(['fixed']);
    expect(await world.latest()).not.toHaveProperty('dueAt');
  });
});

describe('the sweep', () => {
  it('does not let one finding that fails stop the rest', async () => {
    const world = newWorld();
    const broken = { ...testIdentity, resourceId: 'sg-00000000' };
    world.remediate = async () => answer('failed', { reason: 'Denied.' });
    await world.receive(broken);
    world.clock.advance({ seconds: 1 });
    await world.receive();
    world.remediate = async (assignment) => {
      if (assignment.identity.resourceId === broken.resourceId) throw new Error('a bug');
      return world.play(assignment);
    };
    world.clock.advance({ minutes: 2 });
    expect(await world.sweep()).toEqual({ reported: 0, resumed: 2, failed: 1 });
    expect((await world.latest())?.state).toBe('fixed');
  });

  it('ends what belongs to an account that left, and gives up what does to a control that is gone or a Region no longer watched', async () => {
    const world = newWorld();
    world.remediate = async () => answer('failed', { reason: 'Denied.' });
    await world.receive();
    world.members = [];
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(world.reports.at(-1)).toMatchObject({
      state: 'gone',
      reason: expect.stringContaining('has left'),
    });

    const other = newWorld();
    other.remediate = world.remediate;
    await other.receive();
    other.controls = [];
    other.clock.advance({ minutes: 1 });
    await other.sweep();
    expect(other.reports.at(-1)).toMatchObject({
      state: 'given-up',
      reason: expect.stringContaining('no control'),
    });

    const moved = newWorld();
    moved.remediate = world.remediate;
    await moved.receive();
    moved.policy = { ...testPolicy, regions: ['eu-central-1'] };
    moved.clock.advance({ minutes: 1 });
    await moved.sweep();
    expect(moved.modes).toEqual(['plan']);
    expect(moved.reports.at(-1)).toMatchObject({
      state: 'given-up',
      reason: expect.stringContaining('"eu-west-1" is not watched'),
    });
  });
});
