import { findingEventDetailType, findingEventSchema } from '../../../../core/finding-event';
import { reportDetailType } from '../../../../core/report';
import { accounts, answer, messageFor, testIdentity } from '../../../support/findings';
import { World } from '../world';

const changes = (world: World) =>
  world.events.map(({ sequence, previousState, state }) => [sequence, previousState, state]);
const failing = (world: World) => {
  world.remediate = async (assignment) =>
    assignment.mode === 'apply' ? answer('failed', { reason: 'No.' }) : world.play(assignment);
};
const playing = (world: World) => {
  world.remediate = async (assignment) => world.play(assignment);
};

describe('an event for every change', () => {
  it('goes with the report of it, in one call', async () => {
    const { world } = World.inMemory();
    await world.receive();
    expect(world.putCalls).toBe(1);
    expect(world.reports).toMatchObject([{ state: 'fixed' }]);
    expect(world.events).toMatchObject([
      {
        version: 1,
        findingId: `${world.reports[0]?.reportId.replace('#fixed#1', '')}`,
        resourceArn: `arn:aws:ec2:eu-west-1:${accounts.on}:security-group/${testIdentity.resourceId}`,
        state: 'fixed',
        open: false,
        sequence: 1,
      },
    ]);
    for (const event of world.events) expect(findingEventSchema.parse(event)).toEqual(event);
    expect(await world.latest()).not.toHaveProperty('pendingEvents');
  });

  it('follows an occurrence through its states, and starts over with the next one', async () => {
    const { world } = World.inMemory();
    failing(world);
    await world.receive();
    world.clock.advance({ minutes: 2 });
    await world.sweep();
    playing(world);
    world.clock.advance({ minutes: 60 });
    await world.sweep();
    world.open = true;
    await world.receive();
    expect(changes(world)).toEqual([
      [1, undefined, 'failed'],
      [2, 'failed', 'fixed'],
      [1, undefined, 'fixed'],
    ]);
    expect(world.events.map(({ occurrence }) => occurrence)).toEqual([1, 1, 2]);
  });

  it('is there also of what no report tells by itself: a baseline, and what turns out to comply', async () => {
    const { world } = World.inMemory();
    const sentAt = new Date(world.clock.now().getTime() - 61 * 60_000);
    const finding = { ...testIdentity, accountId: accounts.off };
    await world.coordinator().receive(messageFor(finding), () => 180_000, sentAt);
    expect(world.reports).toEqual([]);
    expect(world.events).toMatchObject([{ state: 'reported', flag: 'off', open: true }]);
  });

  it('is none of what nobody has looked at: whoever forges a message makes no event', async () => {
    const { world } = World.inMemory();
    world.open = undefined;
    await world.receive();
    expect([world.events, world.reports]).toEqual([[], []]);
    expect(await world.latest()).toBeUndefined();
  });

  it('waits while the bus takes nothing, and comes in its order, with the same id', async () => {
    const { world } = World.inMemory();
    world.busDown = true;
    failing(world);
    await world.receive();
    playing(world);
    world.clock.advance({ minutes: 60 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed', stateChanges: 2, sweep: 'report' });
    world.busDown = false;
    world.clock.advance({ minutes: 3 });
    await world.sweep();
    expect(changes(world)).toEqual([
      [1, undefined, 'failed'],
      [2, 'failed', 'fixed'],
    ]);
    expect(world.reports.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(await world.latest()).not.toHaveProperty('sweep');
  });

  it.each([findingEventDetailType, reportDetailType])(
    'is sent again where the bus refuses a %s alone, and what it took is not',
    async (refused) => {
      const { world } = World.inMemory();
      world.busRefuses = (detailType) => detailType === refused;
      await world.receive();
      expect(world.events.length + world.reports.length).toBe(1);
      expect(await world.latest()).toMatchObject({ state: 'fixed', sweep: 'report' });
      world.busRefuses = () => false;
      world.clock.advance({ minutes: 1 });
      await world.sweep();
      expect([world.events.length, world.reports.length]).toEqual([1, 1]);
      expect(await world.latest()).not.toHaveProperty('sweep');
    },
  );

  it('lets no report overtake one that the bus refused', async () => {
    const { world } = World.inMemory();
    world.busDown = true;
    failing(world);
    await world.receive();
    playing(world);
    world.clock.advance({ minutes: 60 });
    await world.sweep();
    world.busDown = false;
    world.busRefuses = (detailType, detail) =>
      detailType === reportDetailType && (detail as { sequence: number }).sequence === 1;
    world.clock.advance({ minutes: 3 });
    await world.sweep();
    expect(world.reports).toEqual([]);
    world.busRefuses = () => false;
    world.clock.advance({ minutes: 3 });
    await world.sweep();
    expect(world.reports.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(new Set(world.events.map(({ eventId }) => eventId)).size).toBe(2);
  });
});
