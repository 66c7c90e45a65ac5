import { accounts, testIdentity, testPolicy } from '../../../support/findings';
import { World } from '../world';

const order = {
  order: 'limits',
  fixesPerHour: 3,
  until: '2026-11-23T12:00:00.000Z',
  reason: 'An incident',
  by: 'ada',
};
const one = (number: number) => ({ ...testIdentity, resourceId: `sg-${String(number).padStart(17, '0')}` });

function narrow(): World {
  const { world } = World.inMemory();
  const fixesPerHour = { account: 1, organization: 2 };
  world.policy = { ...testPolicy, limits: { ...testPolicy.limits, fixesPerHour } };
  // Each resource is dangerous.
  world.remediate = async (assignment) => {
    world.open = true;
    return world.play(assignment);
  };
  return world;
}
const states = async (world: World) =>
  Promise.all([1, 2, 3, 4].map(async (number) => (await world.latest(one(number)))?.state));

describe('an order to lift the limits', () => {
  it('allows so many fixes an hour until then, in an account as in all, wakes what waited, and ends by itself', async () => {
    const world = narrow();
    await world.receive(one(1));
    await world.receive(one(2));
    expect(await states(world)).toEqual(['fixed', 'held', undefined, undefined]);
    expect(await world.order(order)).toMatchObject({
      done: true,
      text: "Until 2026-11-23 12:00 UTC up to 3 fixes an hour are made, in one account as in all together; then the policy's limits count again.",
    });
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    await world.receive(one(3));
    await world.receive(one(4));
    expect(await states(world)).toEqual(['fixed', 'fixed', 'fixed', 'held']);
    world.clock.advance({ minutes: 125 });
    await world.sweep();
    await world.sweep();
    const titles = world.notices.map(({ title }) => title);
    expect(titles.filter((title) => !title.startsWith('Limit of'))).toEqual([
      'Limits lifted: 3 fixes an hour',
      "The policy's limits count again",
    ]);
  });

  it.each([
    ['an end that has passed', { until: '2026-11-23T09:00:00.000Z' }, 'has passed'],
    ['an end after tomorrow', { until: '2026-11-25T09:00:00.000Z' }, 'more than 24 hours ahead'],
    ['what the policy allows already', { fixesPerHour: 1 }, 'the policy allows 1 fixes an hour'],
  ])('is refused for %s', async (_what, differs, why) => {
    const world = narrow();
    expect(await world.order({ ...order, ...differs })).toMatchObject({
      done: false,
      text: expect.stringContaining(why),
    });
    expect(world.notices).toEqual([]);
  });

  it('thaws nothing', async () => {
    const { world } = World.inMemory();
    world.policy = { ...testPolicy, accounts: {} };
    await world.receive();
    world.policy = { ...testPolicy, thaw: { account: 0, organization: 0 } };
    await world.order({ ...order, fixesPerHour: 500 });
    await world.sweepOut();
    expect(await world.latest({ ...testIdentity, accountId: accounts.on })).toMatchObject({
      heldBy: 'frozen',
    });
  });
});
