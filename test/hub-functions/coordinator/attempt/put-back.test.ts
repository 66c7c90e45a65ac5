import { answer, testIdentity, testPolicy } from '../../../support/findings';
import { World } from '../world';

/** A world in which somebody puts the danger back as soon as it is removed: the verification of each fix finds it again. */
function stubbornWorld(): World {
  const { world } = World.inMemory();
  world.remediate = async (assignment) => {
    if (assignment.mode === 'plan') return world.play(assignment);
    const result = world.play(assignment);
    world.open = true;
    const { step, applied, plan } = result;
    return {
      ...answer('failed', { reason: 'Applied, and it still does not comply.', applied }),
      ...(step && { step }),
      ...(plan && { plan }),
      state: world.state,
      look: world.look,
    };
  };
  return world;
}
/** The minutes at which something was written, until a number of them has passed, with a sweep and messages each minute. */
async function minutesOfWrites(world: World, minutes: number, messages = 0): Promise<number[]> {
  const writes: number[] = [];
  const count = () => world.applies.length;
  let before = 0;
  await world.receive();
  for (let minute = 0; minute <= minutes; minute += 1) {
    for (let message = 0; message < messages; message += 1) await world.receive();
    await world.sweep();
    writes.push(...Array.from({ length: count() - before }, () => minute));
    before = count();
    world.clock.advance({ minutes: 1 });
  }
  return writes;
}

describe('a danger that is put back inside the verification', () => {
  it('is written about twice at once, and then after pauses that double, as long as the occurrence lasts', async () => {
    const world = stubbornWorld();
    expect(await minutesOfWrites(world, 240)).toEqual([0, 0, 2, 6, 14, 30, 62, 122, 182]);
    expect(await world.latest()).toMatchObject({ occurrence: 1 });
  });

  it.each([1, 5])('gets no write more by %i messages a minute', async (messages) => {
    const world = stubbornWorld();
    expect(await minutesOfWrites(world, 70, messages)).toEqual([0, 0, 2, 6, 14, 30, 62]);
  });

  it('is told as a conflict once, and is fixed once nobody puts it back', async () => {
    const world = stubbornWorld();
    await minutesOfWrites(world, 20);
    expect(await world.latest()).toMatchObject({ state: 'held', heldBy: 'conflict' });
    expect(world.reports.filter(({ state }) => state === 'held')).toHaveLength(1);
    world.remediate = async (assignment) => world.play(assignment);
    world.clock.advance({ minutes: 15 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ occurrence: 1, state: 'fixed' });
  });

  it('is written about exactly as often as a limit of one an hour allows', async () => {
    const world = stubbornWorld();
    world.policy = {
      ...testPolicy,
      limits: {
        fixesPerHour: { account: 1, organization: 2 },
        failuresPerHour: 10,
        openFindings: 500,
        concurrency: 50,
      },
    };
    const writes = await minutesOfWrites(world, 240, 1);
    expect(writes).toEqual([0, 60, 120, 180, 240]);
  });

  it('counts for the next occurrence too', async () => {
    const world = stubbornWorld();
    await world.receive();
    expect(world.applies).toHaveLength(2);
    world.remediate = async (assignment) => world.play(assignment);
    world.clock.advance({ minutes: 2 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ occurrence: 1, state: 'fixed' });
    expect(world.applies).toHaveLength(3);
    world.open = true;
    await world.receive();
    expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'held', heldBy: 'conflict' });
    expect(world.applies).toHaveLength(3);
  });

  it('shows in one report what all rounds of the attempt have made', async () => {
    const world = stubbornWorld();
    let rounds = 0;
    const stubborn = world.remediate;
    world.remediate = async (assignment) => {
      if (assignment.mode === 'apply') rounds += 1;
      return rounds > 1 ? world.play(assignment) : stubborn(assignment);
    };
    await world.receive();
    expect(world.reports).toMatchObject([{ state: 'fixed' }]);
    expect(world.reports[0]?.plan?.changes).toHaveLength(2);
    expect((await world.savedStates.history(testIdentity, 1))?.steps).toHaveLength(2);
  });

  it('is planned three times in one attempt at most, also where nothing was written', async () => {
    const { world } = World.inMemory();
    world.remediate = async (assignment) =>
      assignment.mode === 'apply'
        ? answer('changed', { reason: 'It is another one by now.', state: world.state, look: world.look })
        : world.play(assignment);
    await world.receive();
    expect(world.modes).toEqual(['plan', 'apply', 'apply', 'apply']);
    expect(await world.latest()).toMatchObject({ state: 'failed', tries: 1 });
  });
});

describe('a finding that is looked at before its time', () => {
  it('is never written about, whatever messages arrive, and is at its time', async () => {
    const { world } = World.inMemory();
    world.remediate = async (assignment) =>
      assignment.mode === 'apply'
        ? answer('failed', { applied: 1, reason: 'Half.' })
        : world.play(assignment);
    await world.receive();
    world.remediate = async (assignment) => world.play(assignment);
    for (let second = 0; second < 59; second += 10) {
      await world.receive();
      world.clock.advance({ seconds: 10 });
    }
    expect(world.applies).toHaveLength(1);
    world.clock.advance({ seconds: 1 });
    await world.sweep();
    expect(world.applies).toHaveLength(2);
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('is not completed either', async () => {
    const { world } = World.inMemory();
    world.remediate = async (assignment) => {
      const result = world.play(assignment);
      return assignment.mode === 'apply' ? answer('failed', { applied: 1, reason: 'Half.' }) : result;
    };
    await world.receive();
    world.clock.advance({ seconds: 30 });
    await world.receive();
    expect(world.modes).toEqual(['plan', 'apply', 'plan']);
    expect(await world.latest()).toMatchObject({ state: 'failed', tries: 1, reason: 'Half.' });
  });
});
