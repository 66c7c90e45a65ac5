import { findingId } from '../../../../core/finding';
import { answer, testIdentity, testPolicy } from '../../../support/findings';
import { World } from '../world';

const by = 'arn:aws:sts::111111111111:assumed-role/security/ada';
const until = '2026-12-23T10:00:00.000Z';
const undo = (world: World, occurrence: number) =>
  world.order({
    order: 'undo',
    finding: testIdentity,
    occurrence,
    reason: 'The partner needs it.',
    until,
    by,
  });

/** Fixed as occurrence 1; occurrence 2 was opened, changed nothing, and its owner closed it. */
async function laterOccurrenceWorld(): Promise<World> {
  const { world } = World.inMemory();
  await world.receive();
  world.policy = { ...testPolicy, accounts: {} };
  world.open = true;
  await world.receive();
  world.open = false;
  await world.hearMended();
  world.policy = testPolicy;
  expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'already-compliant' });
  world.asked.length = 0;
  return world;
}

describe('an undo', () => {
  it('reaches the last occurrence that changed something, behind later ones that changed nothing', async () => {
    const world = await laterOccurrenceWorld();
    expect(await undo(world, 1)).toMatchObject({ done: true });
    expect(world.asked).toMatchObject([{ mode: 'undo', occurrence: 1 }]);
    expect([world.open, (await world.latest())?.state]).toEqual([true, 'undone']);
    expect(await world.latest()).toMatchObject({ occurrence: 2, lookAgainAt: until });
    await world.receive();
    world.clock.advance({ minutes: 60 * 24 * 20 });
    await world.sweep();
    expect([world.open, world.modes.includes('apply')]).toEqual([true, false]);
  });

  it('behind later occurrences is noted as one: the fix is known not to stand any more', async () => {
    const world = await laterOccurrenceWorld();
    await undo(world, 1);
    expect(await world.savedStates.history(testIdentity, 1)).toMatchObject({
      undoneAt: world.clock.now().toISOString(),
      steps: [expect.anything()],
    });
  });

  it('behind a later occurrence is noted as one also where the fix took more attempts than that has', async () => {
    const { world } = World.inMemory();
    let failing = 3;
    world.remediate = async (assignment) => {
      failing -= assignment.mode === 'apply' ? 1 : 0;
      return assignment.mode === 'apply' && failing > 0
        ? answer('failed', { applied: 1, mayHaveWritten: true, reason: 'Half.' })
        : world.play(assignment);
    };
    await world.receive();
    for (const minutes of [1, 2, 4, 8]) {
      world.clock.advance({ minutes });
      await world.sweep();
    }
    expect(await world.latest()).toMatchObject({ state: 'fixed', occurrence: 1 });
    const { steps } = (await world.savedStates.history(testIdentity, 1)) ?? {};
    expect(steps?.length).toBeGreaterThan(2);
    world.policy = { ...testPolicy, accounts: {} };
    world.open = true;
    await world.receive();
    expect(await undo(world, 1)).toMatchObject({ done: true });
    // Nothing of what was there before is forgotten.
    const after = await world.savedStates.history(testIdentity, 1);
    expect(after?.undoneAt).toBeDefined();
    expect(after?.steps).toEqual(steps);
  });

  it('of the later occurrence that changed nothing is refused: there is nothing to undo', async () => {
    const world = await laterOccurrenceWorld();
    expect((await undo(world, 2)).text).toContain('No fix of it was ever begun');
    expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'already-compliant' });
  });

  it('is refused when a later occurrence changed something, and names that one', async () => {
    const { world } = World.inMemory();
    await world.receive();
    world.open = true;
    await world.receive();
    expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'fixed' });
    expect((await undo(world, 1)).text).toContain(findingId(testIdentity, 2));
    expect([world.open, world.modes.includes('undo')]).toEqual([false, false]);
  });

  it.each([
    ['may have changed something', { unconfirmed: true as const }, false],
    ['was begun and changed nothing', { errorCode: 'AccessDenied' }, true],
  ])('behind a later occurrence whose fix %s', async (_what, more, done) => {
    const { world } = World.inMemory();
    await world.receive();
    world.remediate = async (assignment) =>
      assignment.mode === 'apply'
        ? { ...answer('failed', { violations: [], reason: 'No.' }), ...more }
        : world.play(assignment);
    world.open = true;
    await world.receive();
    expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'failed' });
    world.clock.advance({ minutes: 5 });
    const told = await undo(world, 1);
    expect(told.done).toBe(done);
    if (!done) expect(told.text).toContain(findingId(testIdentity, 2));
  });

  it('is refused while the later occurrence is being worked on', async () => {
    const world = await laterOccurrenceWorld();
    const told: string[] = [];
    world.remediate = async (assignment) => {
      if (assignment.mode === 'apply') told.push((await undo(world, 1)).text);
      return world.play(assignment);
    };
    world.open = true;
    await world.receive();
    expect(told).toEqual([expect.stringMatching(/was fixed again since|works on it right now/)]);
    expect(world.open).toBe(false);
  });
});
