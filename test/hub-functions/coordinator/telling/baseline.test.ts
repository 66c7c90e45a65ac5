import { lookVersion } from '../../../../core/look-message';
import { accounts, messageFor, testIdentity, testPolicy } from '../../../support/findings';
import { World } from '../world';

const plenty = () => 180_000;
const one = (number: number, accountId = accounts.off) => ({
  ...testIdentity,
  accountId,
  resourceId: `sg-${String(number).padStart(17, '0')}`,
});

/** A world of which each resource is dangerous. */
function dangerous(): World {
  const { world } = World.inMemory();
  world.remediate = async (assignment) => {
    world.open = true;
    return world.play(assignment);
  };
  return world;
}

describe('the baseline of an account', () => {
  it('is told in one digest once its first patrol is over, and no finding of it by itself', async () => {
    const world = dangerous();
    world.firstOverAt = undefined;
    world.watchedSince = world.clock.now().toISOString();
    for (let number = 1; number <= 30; number += 1) {
      const message = { version: lookVersion, type: 'look', detector: 'patrol', ...one(number) };
      await world.coordinator().receive(JSON.stringify(message), plenty);
    }
    await world.receive(one(1, accounts.approval));
    expect((await world.latest(one(1)))?.state).toBe('reported');
    world.clock.advance({ minutes: 30 });
    await world.sweep();
    expect([world.reports, world.notices]).toEqual([[], []]);
    world.firstOverAt = world.clock.now().toISOString();
    world.clock.advance({ minutes: 60 });
    await world.sweep();
    await world.sweep();
    expect(world.reports).toEqual([]);
    expect(world.notices.map(({ title }) => title).sort()).toEqual([
      'Baseline of account 333333333333: 1 finding',
      'Baseline of account 444444444444: 30 findings',
    ]);
    expect(world.notices.find(({ title }) => title.includes('30'))?.text).toContain(
      '30 security-group-open-ports. They are 30 reported.',
    );
    // What arises now is told.
    await world.receive(one(99));
    expect(world.reports).toMatchObject([{ state: 'reported' }]);
  });

  it('is what waited on the queue for over an hour, too', async () => {
    const world = dangerous();
    const sentAt = new Date(world.clock.now().getTime() - 61 * 60_000);
    for (let number = 1; number <= 3; number += 1) {
      await world.coordinator().receive(messageFor(one(number)), plenty, sentAt);
    }
    expect(await world.latest(one(1))).toMatchObject({ state: 'reported', sentAt: sentAt.toISOString() });
    world.clock.advance({ minutes: 11 });
    await world.sweep();
    expect(world.reports).toEqual([]);
    expect(world.notices).toMatchObject([{ title: 'Baseline of account 444444444444: 3 findings' }]);
  });

  it('keeps no fix of it from being told', async () => {
    const world = dangerous();
    world.policy = testPolicy;
    const sentAt = new Date(world.clock.now().getTime() - 61 * 60_000);
    await world.coordinator().receive(messageFor(one(1, accounts.on)), plenty, sentAt);
    expect(await world.latest(one(1, accounts.on))).toMatchObject({ state: 'held', heldBy: 'frozen' });
    await world.sweepOut();
    expect(world.reports).toMatchObject([{ state: 'fixed' }]);
  });
});
