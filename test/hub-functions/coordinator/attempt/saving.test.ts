import { findingKey } from '../../../../core/finding';
import type { FixStep } from '../../../../core/fix-step';
import { Saving, type WriteBeside } from '../../../../hub-functions/coordinator/attempt/saving';
import { expiryOf, keptUntil } from '../../../../hub-functions/coordinator/recording/expiry';
import { answer, testIdentity, testPlan, testState } from '../../../support/findings';
import type { MemoryTables } from '../../../support/memory-documents';
import { World } from '../world';

/** What is saved, by its key, with its time of expiry. */
const saved = (world: World, tables: MemoryTables) =>
  Object.fromEntries(tables.items(world.savedTableName).map(({ record, expiresAt }) => [record, expiresAt]));
const until = (world: World) => {
  const expiry = expiryOf({ saved: true }, world.policy.retention, world.clock.now());
  return Math.ceil(keptUntil(expiry).getTime() / 1000);
};
/** Happens while the remediation function makes the fix. */
const whileFixing = (world: World, happens: () => unknown) => {
  world.remediate = async (assignment) => {
    if (assignment.mode === 'apply') await happens();
    return world.play(assignment);
  };
};
const item = (record: string) => ({
  finding: findingKey(testIdentity),
  record,
  saved: new Uint8Array(),
  savedAt: '2026-11-23T10:00:00.000Z',
});

describe('what undoing a fix takes', () => {
  it('is saved with the record that says that the fix is begun, and with the one that says how it ended', async () => {
    const { world, tables } = World.inMemory();
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'fixed', saved: true });
    expect(saved(world, tables)).toEqual({
      'before#000001#000001#01': until(world),
      'made#000001#000001#01': until(world),
      'after#000001#000001': until(world),
    });
    // The limits, the beginning and the end; nothing is asked for what is known.
    expect(tables.calls).toMatchObject({ TransactWriteCommand: 3 });
    expect(tables.calls).not.toHaveProperty('UpdateCommand');
  });

  it('is saved under the next number where something else has the place', async () => {
    const { world, tables } = World.inMemory();
    world.remediate = async (assignment) => {
      if (assignment.mode === 'plan') tables.put(world.savedTableName, item('before#000001#000001#01'));
      return world.play(assignment);
    };
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
    expect(saved(world, tables)).toEqual({
      'before#000001#000001#01': until(world),
      'before#000001#000001#02': until(world),
      'made#000001#000001#02': until(world),
      'after#000001#000001': until(world),
    });
  });

  it('is saved apart from the result where the first result of a step is there already', async () => {
    const { world, tables } = World.inMemory();
    whileFixing(world, () => tables.put(world.savedTableName, item('made#000001#000001#01')));
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
    expect(saved(world, tables)).toEqual({
      'before#000001#000001#01': until(world),
      'made#000001#000001#01': until(world),
      'after#000001#000001': until(world),
    });
  });

  it('is saved where a message asked for another look during the fix', async () => {
    const { world, tables } = World.inMemory();
    whileFixing(world, () => world.receive());
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
    expect(Object.keys(saved(world, tables))).toHaveLength(3);
    expect(world.applies).toHaveLength(1);
  });

  it('is saved where the result cannot be recorded', async () => {
    const { world, tables } = World.inMemory();
    whileFixing(world, () => {
      tables.before = (command) => {
        if (command === 'TransactWriteCommand') throw new Error('Throttled');
      };
    });
    await expect(world.receive()).rejects.toThrow('Throttled');
    expect(await world.latest()).toMatchObject({ state: 'received', fixBegun: true });
    expect(await world.savedStates.history(testIdentity, 1)).toMatchObject({
      steps: [{ before: testState, made: testPlan.changes }],
      unfinished: [],
    });
  });

  it('is saved at once where the fix came half-way, before anything else that may fail', async () => {
    const { world, tables } = World.inMemory();
    world.remediate = async (assignment) => {
      if (assignment.mode !== 'apply') return world.play(assignment);
      let isDead = false;
      tables.before = (command, { Item }) => {
        isDead ||= !(command === 'PutCommand' && String(Item?.record).startsWith('made#'));
        if (isDead) throw new Error('It died.');
      };
      return answer('failed', { applied: 1, reason: 'Half.', step: { made: testPlan.changes } });
    };
    await expect(world.receive()).rejects.toThrow('It died.');
    tables.before = () => {};
    expect(await world.savedStates.history(testIdentity, 1)).toMatchObject({
      steps: [{ before: testState, made: testPlan.changes }],
    });
  });

  it('keeps what earlier attempts saved as long as the rest', async () => {
    const { world, tables } = World.inMemory();
    whileFixing(world, () => {
      throw new Error('It died.');
    });
    await world.receive().catch(() => undefined);
    world.remediate = async (assignment) => world.play(assignment);
    world.clock.advance({ minutes: 10 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
    const kept = saved(world, tables);
    expect(Object.keys(kept)).toEqual(
      expect.arrayContaining(['before#000001#000001#01', 'before#000001#000002#01']),
    );
    for (const expiresAt of Object.values(kept)) expect(expiresAt).toBe(until(world));
  });

  it('is saved apart where it is more than a transaction takes', async () => {
    const { world } = World.inMemory();
    const step = (number: number): FixStep => ({ before: [number], changes: testPlan.changes });
    const of = { finding: testIdentity, occurrence: 1, attempt: 1 };
    for (let number = 1; number <= 9; number += 1) {
      await world.savedStates.saveStep(of, step(number), world.clock.now());
    }
    const log = { info() {}, warn() {}, error() {} };
    const parts = { savedStates: world.savedStates, log, now: world.clock.now };
    const taken = { identity: testIdentity, occurrence: 1, attempt: 2, saved: true } as const;
    const saving = new Saving(parts, taken);
    await saving.load();
    const written: Parameters<WriteBeside>[0][] = [];
    const steps = await saving.begin(step(10), async (puts) => {
      written.push(puts);
    });
    expect(written).toEqual([[]]);
    expect(steps.unfinished).toHaveLength(9);
    expect(steps.own?.number).toBe(10);
    saving.end(steps, { step: { made: testPlan.changes } });
    expect(saving.together(undefined)).toBeUndefined();
    expect(saving.together(world.clock.now())).toBeUndefined();
    await saving.flush();
    const history = await world.savedStates.history(testIdentity, 1);
    expect(history?.steps).toHaveLength(19);
  });
});
