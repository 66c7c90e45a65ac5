import type { CompiledPolicy } from '../../../../config/compiled';
import { accounts, mendedEvent, messageFor, testIdentity, testPolicy } from '../../../support/findings';
import { World } from '../world';

const policy: CompiledPolicy = { ...testPolicy, limits: { ...testPolicy.limits, openFindings: 3 } };
const resource = (number: number, accountId: string = accounts.off) => ({
  ...testIdentity,
  accountId,
  resourceId: `sg-${String(number).padStart(17, '0')}`,
});

async function flooded(): Promise<World> {
  const { world } = World.inMemory();
  world.policy = policy;
  for (let number = 1; number <= 6; number += 1) await world.receive(resource(number));
  return world;
}

const statesOf = (world: World, numbers: readonly number[]) =>
  Promise.all(numbers.map(async (number) => (await world.latest(resource(number)))?.state));

describe('an account that has as many open findings as the policy allows', () => {
  it('has further ones recorded, without a look or a report, and is told of once a day', async () => {
    const world = await flooded();
    expect(await statesOf(world, [1, 2, 3, 4, 5, 6])).toEqual([
      ...['reported', 'reported', 'reported'],
      ...['held', 'held', 'held'],
    ]);
    expect(world.asked).toHaveLength(3);
    expect(world.reports).toHaveLength(3);
    expect(world.notices.map(({ title }) => title)).toEqual([
      `Account ${accounts.off} has too many open findings`,
    ]);
    const waiting = await world.latest(resource(4));
    expect(waiting).toMatchObject({ heldBy: 'places', waitsFor: `places#${accounts.off}`, flag: 'off' });
    expect(waiting?.reason).toMatch(
      /^Not looked at yet: 3 findings .* are open, as many as the policy allows/,
    );
    world.clock.advance({ minutes: 24 * 60 });
    await world.receive(resource(7));
    expect(world.notices).toHaveLength(2);
  });

  it('takes nothing from other accounts', async () => {
    const world = await flooded();
    await world.receive(resource(9, accounts.approval));
    expect(await world.latest(resource(9, accounts.approval))).toMatchObject({ state: 'waiting' });
  });

  it('has none of them looked at because its message is repeated', async () => {
    const world = await flooded();
    await world.receive(resource(5));
    await world.receive(resource(5));
    await world.sweep();
    expect(world.asked).toHaveLength(3);
    expect(await statesOf(world, [5])).toEqual(['held']);
  });

  it('has as many of them looked at as places get free, the oldest first', async () => {
    const world = await flooded();
    world.open = false;
    for (const number of [1, 2])
      await world.coordinator().receive(mendedEvent(resource(number)), () => 180_000);
    world.open = true;
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(await statesOf(world, [1, 2, 3, 4, 5, 6])).toEqual([
      ...['already-compliant', 'already-compliant', 'reported'],
      ...['reported', 'reported', 'held'],
    ]);
    // The next one, once there is a place, by its own message.
    world.open = undefined;
    await world.coordinator().receive(mendedEvent(resource(3)), () => 180_000);
    world.open = true;
    await world.receive(resource(6));
    expect(await statesOf(world, [6])).toEqual(['reported']);
  });

  it('has what does not exist leave nothing, and take no place', async () => {
    const { world } = World.inMemory();
    world.policy = policy;
    world.open = undefined;
    for (let number = 1; number <= 20; number += 1) await world.receive(resource(number));
    world.open = true;
    await world.receive(resource(21));
    expect(await statesOf(world, [20, 21])).toEqual([undefined, 'reported']);
  });

  it('has more places under a policy that allows more', async () => {
    const world = await flooded();
    world.policy = testPolicy;
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(await statesOf(world, [4, 5, 6])).toEqual(['reported', 'reported', 'reported']);
  });

  it('has nothing more looked at because the policy says something else of it', async () => {
    const world = await flooded();
    const level = testPolicy.accounts[accounts.approval];
    world.policy = { ...policy, accounts: { ...policy.accounts, ...(level && { [accounts.off]: level }) } };
    for (let sweeps = 0; sweeps < 3; sweeps += 1) {
      world.clock.advance({ minutes: 1 });
      await world.sweep();
    }
    expect(await statesOf(world, [1, 2, 3, 4, 5, 6])).toEqual([
      ...['waiting', 'waiting', 'waiting'],
      ...['held', 'held', 'held'],
    ]);
  });

  it('looks at what a person has tried again, though there is no place', async () => {
    const world = await flooded();
    const order = { order: 'retry', finding: resource(6), occurrence: 1, by: 'somebody' };
    expect(await world.order(order)).toMatchObject({ done: true });
    expect(await statesOf(world, [6])).toEqual(['reported']);
  });

  it.each([['before'], ['after']])(
    'loses none of them whose worker dies %s the record is written',
    async (when) => {
      const { world, tables } = World.inMemory();
      world.policy = policy;
      for (let number = 1; number <= 3; number += 1) await world.receive(resource(number));
      const message = messageFor(resource(4));
      let isDead = false;
      tables.before = (command, { Item }) => {
        const isRecord = command === 'PutCommand' && String(Item?.record).startsWith('occurrence#');
        if (isDead || (isRecord && when === 'before')) throw new Error('Killed');
        isDead = isRecord;
      };
      await expect(world.coordinator().receive(message, () => 180_000)).rejects.toThrow('Killed');
      tables.before = () => {};
      await world.coordinator().receive(message, () => 180_000);
      expect(await statesOf(world, [4])).toEqual(['held']);
      world.policy = testPolicy;
      await world.sweep();
      expect(await statesOf(world, [4])).toEqual(['reported']);
    },
  );
});
