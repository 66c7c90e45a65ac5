import { failedResult } from '../../../../hub-functions/coordinator/member/remediation-result';
import { accounts, answer, testIdentity } from '../../../support/findings';
import { dueKeys } from '../sweep/due-keys';
import { World } from '../world';

const denied = async () => failedResult('The role cannot be assumed.', 'AccessDenied');
const played = (world: World) => {
  world.remediate = async (assignment) => world.play(assignment);
};
const resource = (number: number, accountId = accounts.on) => ({
  ...testIdentity,
  accountId,
  resourceId: `sg-${String(number).padStart(17, '0')}`,
});

/** A world whose finding is fixed, and in which a message arrives while no look at it works. */
async function unseenWorld(): Promise<World> {
  const { world } = World.inMemory();
  await world.receive();
  world.remediate = denied;
  await world.receive();
  return world;
}

describe('a repeated message about a closed finding whose look fails', () => {
  it('opens nothing, and tells the channel nothing', async () => {
    const world = await unseenWorld();
    expect(await world.latest()).toMatchObject({
      occurrence: 1,
      state: 'fixed',
      tries: 1,
      lookAgainAt: '2026-11-23T10:01:00.000Z',
    });
    expect(world.reports.map(({ state }) => state)).toEqual(['fixed']);
    expect(world.notices).toEqual([]);
  });

  it('is looked at again by the sweep after pauses that grow, then once a day with one notice a day', async () => {
    const world = await unseenWorld();
    const looks = () => world.asked.length;
    for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60, 60]) {
      expect(world.notices).toEqual([]);
      const before = looks();
      world.clock.advance({ minutes, seconds: -1 });
      await world.sweep();
      expect(looks()).toBe(before);
      world.clock.advance({ seconds: 1 });
      await world.sweep();
      expect(looks()).toBe(before + 1);
    }
    expect(world.notices).toMatchObject([
      {
        title: `Account ${accounts.on} cannot be looked at`,
        text: expect.stringContaining('The role cannot be assumed.'),
      },
    ]);
    for (const days of [1, 2, 3]) {
      const before = looks();
      world.clock.advance({ minutes: 24 * 60 - 1 });
      await world.sweep();
      expect([looks(), world.notices.length]).toEqual([before, days]);
      world.clock.advance({ minutes: 1 });
      await world.sweep();
      expect([looks(), world.notices.length]).toEqual([before + 1, days + 1]);
    }
    expect(await world.latest()).toMatchObject({ occurrence: 1, state: 'fixed' });
    expect(world.reports.map(({ state }) => state)).toEqual(['fixed']);
  });

  it('is told in one notice a day for all findings of the account', async () => {
    const { world } = World.inMemory();
    for (const number of [1, 2, 3]) {
      world.open = true;
      await world.receive(resource(number));
    }
    world.remediate = denied;
    for (const number of [1, 2, 3]) await world.receive(resource(number));
    for (let minutes = 1; minutes <= 300; minutes += 1) {
      world.clock.advance({ minutes: 1 });
      await world.sweep();
    }
    expect((await world.latest(resource(3)))?.tries).toBeGreaterThanOrEqual(10);
    expect(world.notices).toHaveLength(1);
  });

  it('makes neither the pause longer nor the number of tries larger by the messages that come within it', async () => {
    const world = await unseenWorld();
    for (let message = 0; message < 12; message += 1) {
      world.clock.advance({ seconds: 1 });
      await world.receive();
    }
    expect(world.asked).toHaveLength(2 + 1 + 12);
    expect(await world.latest()).toMatchObject({ tries: 1, lookAgainAt: '2026-11-23T10:01:00.000Z' });
    expect(world.notices).toEqual([]);
  });

  it('opens the next occurrence once a later look succeeds and finds the danger', async () => {
    const world = await unseenWorld();
    world.open = true;
    played(world);
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'fixed' });
    expect(world.open).toBe(false);
    expect(await dueKeys(world.ledger)).toEqual([]);
  });

  it('leaves nothing behind once a later look succeeds and all is well', async () => {
    const world = await unseenWorld();
    played(world);
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    const record = await world.latest();
    expect(record).toMatchObject({ occurrence: 1, state: 'fixed', tries: 0 });
    expect(record).not.toHaveProperty('lookAgainAt');
    expect(await dueKeys(world.ledger)).toEqual([]);
  });

  it('keeps what was fixed undoable: the undo reaches the fix behind the failed look', async () => {
    const world = await unseenWorld();
    played(world);
    const until = '2026-12-23T10:00:00.000Z';
    const order = { order: 'undo', finding: testIdentity, occurrence: 1, reason: 'Ours', until };
    expect(await world.order({ ...order, by: 'arn:aws:iam::111111111111:user/ada' })).toMatchObject({
      done: true,
    });
  });

  it.each(['refused', 'planned'] as const)(
    'is not confused with one that %s: that saw the danger',
    async (outcome) => {
      const { world } = World.inMemory();
      await world.receive();
      world.remediate = async () => answer(outcome, { reason: 'It cannot be done.' });
      world.policy = { ...world.policy, accounts: {} };
      await world.receive().catch(() => undefined);
      expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'reported' });
    },
  );
});

describe('what was given up', () => {
  it('is looked at once a day without a command, and is fixed once AWS lets it', async () => {
    const { world } = World.inMemory();
    world.remediate = denied;
    await world.receive();
    for (let minutes = 1; minutes <= 300; minutes += 1) {
      world.clock.advance({ minutes: 1 });
      await world.sweep();
    }
    expect(await world.latest()).toMatchObject({ state: 'given-up' });
    expect(world.reports.map(({ state }) => state)).toEqual(['failed', 'given-up']);
    for (let day = 1; day <= 3; day += 1) {
      const looks = world.asked.length;
      world.clock.advance({ minutes: 24 * 60 });
      await world.sweep();
      await world.sweep();
      // One try a day, and not a word more.
      expect(world.asked.length).toBe(looks + 1);
      expect(await world.latest()).toMatchObject({ state: 'given-up' });
    }
    expect(world.reports).toHaveLength(2);
    played(world);
    world.clock.advance({ minutes: 24 * 60 });
    await world.sweepOut();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('starts over with all its tries by a new message', async () => {
    const { world } = World.inMemory();
    world.remediate = async () => answer('refused', { reason: 'It cannot be done.' });
    await world.receive();
    expect(await world.latest()).toMatchObject({
      state: 'given-up',
      lookAgainAt: '2026-11-24T10:00:00.000Z',
    });
    world.remediate = denied;
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'failed', tries: 1 });
  });
});

describe('a look at a closed finding that ends only after its fix was undone', () => {
  it.each(['already-compliant', 'failed'] as const)(
    'and was %s leaves the end of the exemption',
    async (outcome) => {
      const { world } = World.inMemory();
      await world.receive();
      world.remediate = async () => answer('failed', { reason: 'Throttled' });
      await world.receive();
      expect(await world.latest()).toMatchObject({ state: 'fixed', lookAgainAt: expect.any(String) });
      world.clock.advance({ minutes: 2 });
      const until = new Date(world.clock.now().getTime() + 60 * 60_000).toISOString();
      world.remediate = async () => {
        world.remediate = async (assignment) => world.play(assignment);
        await world.order({
          order: 'undo',
          finding: testIdentity,
          occurrence: 1,
          reason: 'Ours',
          until,
          by: 'ada',
        });
        return answer(outcome, { reason: 'Throttled' });
      };
      await world.sweep();
      expect(await world.latest()).toMatchObject({ state: 'undone', lookAgainAt: until });
      world.clock.advance({ minutes: 61 });
      await world.sweep();
      expect(await world.latest()).toMatchObject({ state: 'fixed' });
    },
  );
});
