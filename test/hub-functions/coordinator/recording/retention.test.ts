import { accounts, testIdentity, testPolicy } from '../../../support/findings';
import type { MemoryTables } from '../../../support/memory-documents';
import { World } from '../world';

const by = 'arn:aws:iam::111111111111:user/ada';
const day = 24 * 60 * 60;
const undo = (world: World, occurrence = 1) =>
  world.order({
    order: 'undo',
    finding: testIdentity,
    occurrence,
    reason: 'Ours',
    until: '2026-12-23T10:00:00.000Z',
    by,
  });
const seconds = (world: World) => world.clock.now().getTime() / 1000;
/** When each saved state of an occurrence expires. */
const saved = (world: World, tables: MemoryTables, occurrence = 1) =>
  tables
    .items(world.savedTableName)
    .filter(({ record }) => String(record).includes(`#00000${occurrence}#`))
    .map(({ expiresAt }) => expiresAt);

function keeping(findingsDays: number, undoDays: number) {
  const made = World.inMemory();
  made.world.policy = { ...testPolicy, retention: { findingsDays, undoDays } };
  return made;
}

describe('a closed finding', () => {
  it.each([
    [30, 90],
    [90, 30],
  ])(
    'that was fixed expires after the longer of %i and %i days, what was saved of it a week later',
    async (findings, undoable) => {
      const { world, tables } = keeping(findings, undoable);
      await world.receive();
      const expiresAt = seconds(world) + 90 * day;
      expect(await world.latest()).toMatchObject({ state: 'fixed', expiresAt });
      const kept = saved(world, tables);
      expect(kept.length).toBeGreaterThanOrEqual(3);
      for (const each of kept) expect(each).toBe(expiresAt + 7 * day);
    },
  );

  it('of which nothing was saved expires after the days of findings', async () => {
    const { world } = keeping(30, 90);
    const off = { ...testIdentity, accountId: accounts.off };
    await world.receive(off);
    expect(await world.latest(off)).not.toHaveProperty('expiresAt');
    world.open = false;
    await world.hearMended(off);
    expect(await world.latest(off)).toMatchObject({
      state: 'already-compliant',
      expiresAt: seconds(world) + 30 * day,
    });
  });

  it('that is undone is open again: neither it nor what was saved of it expires, until it is closed anew', async () => {
    const { world, tables } = keeping(30, 90);
    await world.receive();
    expect(await undo(world)).toMatchObject({ done: true });
    expect(await world.latest()).not.toHaveProperty('expiresAt');
    expect(saved(world, tables).filter((each) => each !== undefined)).toEqual([]);
    world.clock.advance({ minutes: 60 * 24 * 40 });
    await world.sweep();
    const expiresAt = seconds(world) + 90 * day;
    expect(await world.latest()).toMatchObject({ state: 'fixed', expiresAt });
    for (const each of saved(world, tables)) expect(each).toBe(expiresAt + 7 * day);
  });

  it('whose undo comes to nothing expires as before', async () => {
    const { world, tables } = keeping(30, 90);
    await world.receive();
    const before = [await world.latest(), saved(world, tables)];
    world.clock.advance({ minutes: 60 });
    world.open = undefined;
    expect(await undo(world)).toMatchObject({ done: false });
    const after = await world.latest();
    expect([{ ...after, attempt: 1, version: 0 }, saved(world, tables)]).toEqual([
      { ...before[0], attempt: 1, version: 0 },
      before[1],
    ]);
  });

  it('behind which a later one is undone has what was saved of it kept past the exemption, and not for ever', async () => {
    const { world, tables } = keeping(30, 90);
    await world.receive();
    world.policy = { ...world.policy, accounts: {} };
    world.open = true;
    await world.receive();
    expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'reported' });
    expect(await undo(world)).toMatchObject({ done: true });
    const until = Date.parse('2026-12-23T10:00:00.000Z') / 1000;
    for (const each of saved(world, tables)) expect(each).toBe(until + 97 * day);
  });

  it('whose next occurrence is opened keeps its own time', async () => {
    const { world } = keeping(30, 30);
    await world.receive();
    const first = await world.latest();
    world.clock.advance({ minutes: 60 });
    world.open = true;
    await world.receive();
    const [second, earlier] = await world.ledger.occurrences(testIdentity, 2);
    expect([first?.state, earlier?.state]).toEqual(['fixed', 'fixed']);
    expect(earlier).toHaveProperty('expiresAt', first?.state === 'fixed' ? first.expiresAt : undefined);
    expect(second).toMatchObject({ occurrence: 2, expiresAt: seconds(world) + 30 * day });
  });
});

describe('a resource that is dangerous again after its finding has expired', () => {
  it('bears no number under which the fix of the expired finding is still saved', async () => {
    const { world, tables } = keeping(30, 30);
    await world.receive();
    expect(await undo(world)).toMatchObject({ done: true });
    world.clock.advance({ minutes: 60 * 24 * 40 });
    await world.sweep();
    const first = await world.latest();
    expect(first).toMatchObject({ state: 'fixed', occurrence: 1 });
    // DynamoDB removes the finding; what was saved of it follows a week later.
    if (first) await world.ledger.remove(first);
    world.clock.advance({ minutes: 60 * 24 * 32 });
    expect(saved(world, tables).length).toBeGreaterThan(0);
    world.open = true;
    await world.receive();
    const latest = await world.latest();
    expect(latest).toMatchObject({ state: 'fixed', occurrence: 2 });
    const history = await world.savedStates.history(testIdentity, latest?.occurrence ?? 0);
    expect(history?.steps).toHaveLength(1);
    expect(history).not.toHaveProperty('undoneAt');
  });
});

describe('a resource that is gone at first sight', () => {
  it('leaves no item in any table', async () => {
    const { world, tables } = World.inMemory();
    world.open = undefined;
    await world.receive();
    expect([tables.items(world.tableName), tables.items(world.savedTableName)]).toEqual([[], []]);
  });

  it('is kept where a message came meanwhile: that one is looked after too', async () => {
    const { world, tables } = World.inMemory();
    let asked = false;
    world.remediate = async (assignment) => {
      world.open = undefined;
      if (!asked) {
        asked = true;
        await world.receive();
      }
      return world.play(assignment);
    };
    await world.receive();
    expect(world.modes).toEqual(['plan', 'plan']);
    expect(tables.items(world.tableName)).toMatchObject([{ state: 'gone', expiresAt: expect.any(Number) }]);
  });

  it('is kept where it was fixed before', async () => {
    const { world } = World.inMemory();
    await world.receive();
    world.open = undefined;
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });
});
