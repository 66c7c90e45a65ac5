import { type Answer, failedResult } from '../../../../hub-functions/coordinator/member/remediation-result';
import { isOpenRecord } from '../../../../ledger/findings/record';
import {
  answer,
  testIdentity,
  testPlan,
  testPolicy,
  testState,
  testViolation,
} from '../../../support/findings';
import { World } from '../world';

const applying = (world: World, { unconfirmed, ...more }: Partial<Answer>) => {
  world.remediate = async (assignment) =>
    assignment.mode === 'apply'
      ? { ...answer('failed', more), ...(unconfirmed && { unconfirmed }) }
      : world.play(assignment);
};

describe('an attempt', () => {
  it('saves what is there and what is about to be changed before it has it changed', async () => {
    const { world } = World.inMemory();
    world.remediate = async (assignment) => {
      if (assignment.mode === 'apply') {
        expect(await world.savedStates.history(testIdentity, 1)).toMatchObject({
          steps: [{ before: testState, changes: testPlan.changes }],
        });
        expect(await world.latest()).toMatchObject({ fixBegun: true, saved: true, plan: testPlan });
      }
      return world.play(assignment);
    };
    await world.receive();
    expect(world.modes).toEqual(['plan', 'apply']);
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('shows what the look saw when the fix dies without a word', async () => {
    const { world } = World.inMemory();
    world.remediate = async (assignment) =>
      assignment.mode === 'apply' ? failedResult('Task timed out.') : world.play(assignment);
    await world.receive();
    expect(world.reports).toMatchObject([
      { state: 'failed', reason: 'Task timed out.', violations: [testViolation], plan: testPlan },
    ]);
  });

  it.each([
    ['was refused before it began', { applied: 0 }, false],
    ['stopped half-way', { applied: 1 }, true],
    ['ended with a write without an answer', { applied: 0, mayHaveWritten: true as const }, true],
    ['gave no answer', { applied: 0, unconfirmed: true as const }, true],
  ])('remembers whether a fix that %s may have changed something', async (_what, more, fixBegun) => {
    const { world } = World.inMemory();
    applying(world, more);
    await world.receive();
    const record = await world.latest();
    expect(record !== undefined && isOpenRecord(record) && record.fixBegun === true).toBe(fixBegun);
  });

  it('that was refused before it began leaves it to its owner who mended it: nothing was fixed', async () => {
    const { world } = World.inMemory();
    applying(world, {});
    await world.receive();
    world.open = false;
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'already-compliant' });
  });

  it('gives up a finding on which the work died ten times, without touching it once more', async () => {
    const { world } = World.inMemory();
    world.remediate = async () => {
      throw new Error('The process died.');
    };
    for (let death = 1; death <= 10; death += 1) {
      await world.receive().catch(() => undefined);
      world.clock.advance({ minutes: 10 });
    }
    expect(world.asked).toHaveLength(10);
    await world.sweep();
    expect(world.asked).toHaveLength(10);
    expect(await world.latest()).toMatchObject({
      state: 'given-up',
      reason: expect.stringContaining('stopped half-way 10 times'),
    });
  });

  it('hands over how the resource was read, and plans anew where it is another one by then', async () => {
    const { world } = World.inMemory();
    world.remediate = async (assignment) => {
      // Somebody changes something else between the plan and the first write.
      if (world.applies.length === 1) world.fixStands = false;
      return world.play(assignment);
    };
    await world.receive();
    const [first, second] = world.applies.map(({ fix }) => fix?.state);
    expect(first).not.toBe(second);
    expect([world.modes, world.open]).toEqual([['plan', 'apply', 'apply'], false]);
    // What was planned first was never begun: nothing of it is to be completed.
    expect(world.applies[1]?.unfinished).toEqual([]);
    const { steps = [] } = (await world.savedStates.history(testIdentity, 1)) ?? {};
    expect(steps.map(({ before, made }) => [before, made])).toEqual([
      [testState, []],
      [{ ...testState, changed: true }, testPlan.changes],
    ]);
  });

  it('goes through three plans of a resource that others keep changing, and then waits for its next try', async () => {
    const { world } = World.inMemory();
    let changes = 0;
    world.remediate = async (assignment) => {
      if (assignment.mode === 'plan') return world.play(assignment);
      const look = { ...world.look, state: { open: true, changes: ++changes } };
      return answer('changed', { reason: 'It is another one by now.', state: look.state, look });
    };
    await world.receive();
    expect(world.modes).toEqual(['plan', 'apply', 'apply', 'apply']);
    expect(await world.latest()).toMatchObject({ state: 'failed', reason: 'It is another one by now.' });
  });

  it('completes what an earlier one began together with the next plan, and calls it fixed only then', async () => {
    const { world } = World.inMemory();
    applying(world, { applied: 1, step: { made: [], unsure: true } });
    await world.receive();
    world.remediate = async (assignment) => world.play(assignment);
    // Somebody else has changed it since, so that the plan is made from another state.
    world.fixStands = false;
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(world.applies[1]).toMatchObject({
      fix: { plan: testPlan },
      unfinished: [{ before: testState, changes: testPlan.changes }],
    });
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
    expect((await world.savedStates.history(testIdentity, 1))?.unfinished).toEqual([]);
  });

  it('completes nothing of a plan that AWS refused before it made anything, also when it is planned anew', async () => {
    const { world } = World.inMemory();
    const refused = { errorCode: 'AccessDenied', step: { made: [] } };
    // One that may have written, one that was refused for what was there then, and one for what is there now.
    const answers = [{ mayHaveWritten: true as const, step: { made: [], unsure: true as const } }, refused];
    world.remediate = async (assignment) => {
      const more = assignment.mode === 'apply' ? answers.shift() : undefined;
      return more ? answer('failed', { reason: 'No.', ...more }) : world.play(assignment);
    };
    await world.receive();
    world.fixStands = false;
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    world.fixStands = true;
    world.clock.advance({ minutes: 2 });
    await world.sweep();
    expect(world.applies.map(({ unfinished }) => unfinished.map(({ before }) => before))).toEqual([
      [],
      [testState],
      // The plan makes that very step again.
      [],
    ]);
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('is not called fixed while a part of what was begun fails to be completed', async () => {
    const { world } = World.inMemory();
    applying(world, { applied: 1 });
    await world.receive();
    world.open = false;
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(world.applies[1]).not.toHaveProperty('fix');
    expect(await world.latest()).toMatchObject({ state: 'failed', fixBegun: true });
  });

  it('completes nothing while Staunch is paused', async () => {
    const { world } = World.inMemory();
    applying(world, { applied: 1 });
    await world.receive();
    world.open = false;
    const by = 'arn:aws:iam::111111111111:user/ada';
    await world.order({ order: 'pause', scope: 'organization', reason: 'x', by });
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(world.applies).toHaveLength(1);
    expect(await world.latest()).toMatchObject({ state: 'held', heldBy: 'stop', fixBegun: true });
    world.remediate = async (assignment) => world.play(assignment);
    await world.order({ order: 'resume', scope: 'organization', by });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('applies a lossy plan in place of one without room only where the policy says so', async () => {
    for (const lossy of ['wait', 'apply'] as const) {
      const { world } = World.inMemory();
      world.policy = { ...testPolicy, lossy };
      await world.receive();
      expect(world.applies[0]?.applyLossy).toBe(lossy === 'apply');
    }
  });
});
