import { UnusableMessageError } from '../../../hub-functions/coordinator/message';
import { UnknownAccountError } from '../../../hub-functions/coordinator/organization';
import type { Moto } from '../../../sandbox/moto/moto';
import { accounts, answer, messageFor, testIdentity, testPlan, testPolicy } from '../../support/findings';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { startTestMoto } from '../../support/moto';
import { World } from './world';

jest.setTimeout(30_000);

let moto: Moto;
let tables = 0;

beforeAll(async () => {
  moto = await startTestMoto();
});
afterAll(() => moto.stop());

async function newWorld(): Promise<World> {
  tables += 1;
  const tableName = `coordinator-${tables}`;
  await createLedgerTable(moto.endpoint, tableName);
  return new World(documentsOn(moto.endpoint), tableName);
}
const states = (world: World) => world.reports.map(({ state }) => state);
const inAccount = (accountId: string) => ({ ...testIdentity, accountId });

describe('a finding', () => {
  it('is fixed where the flag is on, recorded and reported', async () => {
    const world = await newWorld();
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
    const world = await newWorld();
    await world.receive(inAccount(accounts.off));
    expect(world.modes).toEqual(['plan']);
    expect(world.reports).toMatchObject([{ state: 'reported', flag: 'off', plan: testPlan }]);
  });

  it('waits where approval is asked', async () => {
    const world = await newWorld();
    await world.receive(inAccount(accounts.approval));
    expect(world.modes).toEqual(['plan']);
    expect(world.reports).toMatchObject([{ state: 'waiting', flag: 'approval' }]);
  });

  it('waits under on when the plan takes more than the danger, unless the policy says to apply', async () => {
    const lossy = answer('planned', { plan: { ...testPlan, lossy: true, losses: ['More goes.'] } });
    const world = await newWorld();
    world.remediate = async (assignment) => (assignment.mode === 'plan' ? lossy : world.play(assignment));
    await world.receive();
    expect(world.modes).toEqual(['plan']);
    world.policy = { ...testPolicy, lossy: 'apply' };
    await world.receive();
    expect(world.modes).toEqual(['plan', 'plan', 'apply']);
    expect(world.asked.at(-1)).toMatchObject({ mode: 'apply', applyLossy: true });
    expect(states(world)).toEqual(['waiting', 'fixed']);
  });

  it('that was never dangerous is recorded, changes nothing and tells nobody', async () => {
    const world = await newWorld();
    world.open = false;
    await world.receive();
    expect(world.modes).toEqual(['plan']);
    expect((await world.latest())?.state).toBe('already-compliant');
    expect(world.reports).toEqual([]);
  });

  it('of a resource that is gone is recorded as gone', async () => {
    const world = await newWorld();
    world.open = undefined;
    await world.receive();
    expect((await world.latest())?.state).toBe('gone');
  });

  it('changes nothing while the account cannot be placed, says why, and is fixed once it can', async () => {
    const world = await newWorld();
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
    const world = await newWorld();
    for (let message = 0; message < 3; message += 1) await world.receive(inAccount(accounts.off));
    expect(states(world)).toEqual(['reported']);
    expect(await world.latest(inAccount(accounts.off))).toMatchObject({ occurrence: 1, attempt: 3 });
  });

  it('that comes late, after the fix, changes and records nothing', async () => {
    const world = await newWorld();
    await world.receive();
    const before = await world.latest();
    await world.receive();
    expect(world.modes).toEqual(['plan', 'apply', 'plan']);
    expect(await world.latest()).toEqual(before);
  });

  it('about a resource that was opened again begins a new occurrence', async () => {
    const world = await newWorld();
    await world.receive();
    world.open = true;
    await world.receive();
    expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'fixed' });
    expect(new Set(world.reports.map(({ reportId }) => reportId)).size).toBe(2);
    // The look that found it open again is not made twice.
    expect(world.modes).toEqual(['plan', 'apply', 'plan', 'apply']);
  });

  it('that meets a closed finding and cannot look loses nothing: a new occurrence is tried again', async () => {
    const world = await newWorld();
    await world.receive();
    world.open = true;
    const play = world.remediate;
    world.remediate = async () => answer('failed', { reason: 'Denied.', errorCode: 'AccessDenied' });
    await world.receive();
    expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'failed' });
    world.remediate = play;
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'fixed' });
  });

  it('for an account that is not in the organization fails, and leaves no trace', async () => {
    const world = await newWorld();
    const stranger = inAccount('555555555555');
    await expect(world.receive(stranger)).rejects.toThrow(UnknownAccountError);
    expect(await world.latest(stranger)).toBeUndefined();
    expect(world.asked).toEqual([]);
  });

  it('that is unusable fails with its reason', async () => {
    const world = await newWorld();
    const receiving = world.coordinator().receive(messageFor(testIdentity, { version: 9 }), () => 180_000);
    await expect(receiving).rejects.toThrow(UnusableMessageError);
  });
});

describe('two workers', () => {
  it('with the same new finding fix it once, and the second message is looked after too', async () => {
    const world = await newWorld();
    await Promise.all([world.receive(), world.receive(), world.receive()]);
    expect(world.modes.filter((mode) => mode === 'apply')).toHaveLength(1);
    expect(states(world)).toEqual(['fixed']);
    const record = await world.latest();
    expect(record).toMatchObject({ occurrence: 1, state: 'fixed' });
    expect(record).not.toHaveProperty('dueAt');
  });

  it('find a resource that is opened during the work: the holder looks again after it', async () => {
    const world = await newWorld();
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
    expect(await world.ledger.due(new Date('2030-01-01'), 10)).toEqual({ keys: [] });
  });

  it('leave what keeps changing to the sweep, after a bounded number of looks', async () => {
    const world = await newWorld();
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
    expect(world.modes.filter((mode) => mode === 'apply')).toHaveLength(3);
    meddling = false;
    await world.sweep();
    expect(world.open).toBe(false);
    expect((await world.latest())?.state).toBe('fixed');
    expect(await world.ledger.due(new Date('2030-01-01'), 10)).toEqual({ keys: [] });
  });
});

describe('a fix that nobody heard the end of', () => {
  it('is told as fixed, with its plan, when the resource complies the next time', async () => {
    const world = await newWorld();
    world.remediate = async (assignment) => {
      const result = world.play(assignment);
      if (assignment.mode === 'plan') return result;
      return { ...answer('failed', { reason: 'No answer came.', violations: [] }), unheard: true };
    };
    await world.receive();
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(states(world)).toEqual(['failed', 'fixed']);
    expect(world.reports[1]).toMatchObject({
      plan: testPlan,
      reason: expect.stringContaining('earlier attempt'),
    });
  });
});

describe('a worker that was too slow', () => {
  it('changes nothing once another one has its finding', async () => {
    const world = await newWorld();
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
    const world = await newWorld();
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
    expect(await world.sweep()).toEqual({ resumed: 0, failed: 0 });
  });

  it('that was given up starts over with a new message', async () => {
    const world = await newWorld();
    world.remediate = async () => answer('refused', { reason: 'It cannot be done.' });
    await world.receive();
    expect((await world.latest())?.state).toBe('given-up');
    world.remediate = async (assignment) => world.play(assignment);
    await world.receive();
    expect(states(world)).toEqual(['given-up', 'fixed']);
  });

  it('of the bus keeps the report for the sweep, and does not hold up the fix', async () => {
    const world = await newWorld();
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
    const world = await newWorld();
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
    expect(await world.sweep()).toEqual({ resumed: 2, failed: 1 });
    expect((await world.latest())?.state).toBe('fixed');
  });

  it('gives up what belongs to an account that left, and to a control that no longer exists', async () => {
    const world = await newWorld();
    world.remediate = async () => answer('failed', { reason: 'Denied.' });
    await world.receive();
    world.members = [];
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(world.reports.at(-1)).toMatchObject({
      state: 'given-up',
      reason: expect.stringContaining('not there'),
    });

    const other = await newWorld();
    other.remediate = world.remediate;
    await other.receive();
    other.controls = [];
    other.clock.advance({ minutes: 1 });
    await other.sweep();
    expect(other.reports.at(-1)).toMatchObject({
      state: 'given-up',
      reason: expect.stringContaining('no control'),
    });
  });
});
