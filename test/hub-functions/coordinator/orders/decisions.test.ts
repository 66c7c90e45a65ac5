import type { CompiledPolicy } from '../../../../config/compiled';
import type { Plan } from '../../../../core/plan';
import { planDigest } from '../../../../core/plan-digest';
import { failedResult } from '../../../../hub-functions/coordinator/member/remediation-result';
import { planToDecideOn } from '../../../../operator/decide/decidable';
import { accounts, answer, testIdentity, testPlan, testPolicy } from '../../../support/findings';
import { dueKeys } from '../sweep/due-keys';
import { World } from '../world';

const by = 'arn:aws:sts::111111111111:assumed-role/security/ada';
const eve = 'arn:aws:sts::111111111111:assumed-role/security/eve';
const finding = { ...testIdentity, accountId: accounts.approval };
const named = { finding, occurrence: 1, plan: planDigest(testPlan), by };
const approve = (world: World, more: object = {}) => world.order({ ...named, order: 'approve', ...more });
const deny = (world: World, more: object = {}) =>
  world.order({ ...named, order: 'deny', reason: 'Ours', ...more });
const pause = (world: World) =>
  world.order({ order: 'pause', scope: 'organization', reason: 'An incident', by });
const resume = (world: World) => world.order({ order: 'resume', scope: 'organization', by });
const states = (world: World) => world.reports.map(({ state }) => state);
/** Approvals of ten minutes. */
const brief: CompiledPolicy = { ...testPolicy, approvals: { expireMinutes: 10 } };
const expired = `The approval of ${by} of 2026-11-23 10:00 UTC has expired.`;

async function waitingWorld(policy = testPolicy): Promise<World> {
  const { world } = World.inMemory();
  world.policy = policy;
  await world.receive(finding);
  expect(await world.latest(finding)).toMatchObject({ state: 'waiting' });
  world.asked.length = 0;
  return world;
}
/** Every attempt to apply fails, without having written anything. */
const failing = (world: World) => {
  world.remediate = async (assignment) =>
    assignment.mode === 'apply'
      ? answer('failed', { reason: 'No.', errorCode: 'AccessDenied' })
      : world.play(assignment);
};
const playing = (world: World) => {
  world.remediate = async (assignment) => world.play(assignment);
};

describe('the last decision before the fix counts:', () => {
  it('what was denied can be approved', async () => {
    const world = await waitingWorld();
    await deny(world);
    expect(await approve(world, { by: eve })).toMatchObject({ done: true, text: 'Approved, and fixed.' });
    expect(states(world)).toEqual(['waiting', 'denied', 'fixed']);
  });

  it('what is held after it was approved is told once: nobody is asked any more', async () => {
    const world = await waitingWorld();
    await pause(world);
    expect(await approve(world)).toMatchObject({ done: true });
    expect(await world.latest(finding)).toMatchObject({ state: 'held', heldBy: 'stop' });
    const decision = { what: 'approved', by, at: '2026-11-23T10:00:00.000Z' };
    expect(world.reports).toMatchObject([
      { state: 'waiting', sequence: 1, planDigest: named.plan },
      { state: 'held', sequence: 2, decision: { ...decision, until: '2026-11-24T10:00:00.000Z' } },
    ]);
    expect(world.reports[0]).not.toHaveProperty('decision');
    world.clock.advance({ minutes: 5 });
    await world.receive(finding);
    expect(states(world)).toEqual(['waiting', 'held']);
    await resume(world);
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(world.reports.slice(2)).toMatchObject([{ state: 'fixed', sequence: 3, decision }]);
  });

  it('what is denied says by whom, and who denies it in his place', async () => {
    const world = await waitingWorld();
    await deny(world);
    world.clock.advance({ minutes: 1 });
    await deny(world, { by: eve, reason: 'Mine' });
    expect(world.reports.slice(1)).toMatchObject([
      { state: 'denied', decision: { what: 'denied', by, reason: 'Ours' } },
      { state: 'denied', decision: { what: 'denied', by: eve, reason: 'Mine' } },
    ]);
    expect(world.reports[2]?.decision).not.toHaveProperty('until');
  });

  it('what its owner repaired was led to by nobody', async () => {
    const world = await waitingWorld();
    await deny(world);
    world.open = false;
    await world.hearMended(finding);
    expect(world.reports.at(-1)).toMatchObject({ state: 'already-compliant' });
    expect(world.reports.at(-1)).not.toHaveProperty('decision');
  });

  it.each(['approve', 'deny'])(
    'under on, %s is about the lossy plan alone: one that is not lossy is applied',
    async (what) => {
      const lossy: Plan = { ...testPlan, lossy: true, losses: ['Port 80 goes too.'] };
      const { world } = World.inMemory();
      world.remediate = async () => answer('planned', { plan: lossy });
      await world.receive();
      expect(await world.latest()).toMatchObject({ state: 'waiting' });
      const decision = {
        ...named,
        order: what,
        finding: testIdentity,
        plan: planDigest(lossy),
        reason: 'Ours',
      };
      if (what === 'approve') playing(world);
      await world.order(decision);
      playing(world);
      await world.receive();
      expect(await world.latest()).toMatchObject({ state: 'fixed' });
    },
  );

  it('what was denied twice keeps the later reason', async () => {
    const world = await waitingWorld();
    await deny(world);
    await deny(world, { by: eve, reason: 'Still ours' });
    expect(await world.latest(finding)).toMatchObject({
      state: 'denied',
      reason: `Denied by ${eve}: Still ours`,
    });
  });

  it('an approval can be withdrawn while the fix is held for the switch', async () => {
    const world = await waitingWorld();
    await pause(world);
    await approve(world);
    expect(await world.latest(finding)).toMatchObject({ state: 'held', decision: { what: 'approved' } });
    expect(await deny(world, { by: eve })).toMatchObject({ done: true });
    await resume(world);
    await world.sweep();
    await world.receive(finding);
    expect(await world.latest(finding)).toMatchObject({ state: 'denied', reason: `Denied by ${eve}: Ours` });
    expect(world.modes).not.toContain('apply');
  });

  it.each([
    ['failed', 1],
    ['given-up', 400],
  ])('an approval can be withdrawn while the fix is %s', async (state, minutes) => {
    const world = await waitingWorld();
    failing(world);
    await approve(world);
    for (let minute = 1; minute < minutes; minute += 1) {
      world.clock.advance({ minutes: 1 });
      await world.sweep();
    }
    expect(await world.latest(finding)).toMatchObject({ state, decision: { what: 'approved' } });
    expect(await deny(world)).toMatchObject({ done: true });
    playing(world);
    const applies = world.applies.length;
    world.clock.advance({ minutes: 60 * 25 });
    await world.sweep();
    await world.receive(finding);
    expect(await world.latest(finding)).toMatchObject({ state: 'denied' });
    expect([world.open, world.applies.length]).toEqual([true, applies]);
  });

  it('an approval can be withdrawn while no look at the resource works', async () => {
    const world = await waitingWorld();
    world.remediate = async () => failedResult('The role cannot be assumed.', 'AccessDenied');
    await approve(world);
    const record = await world.latest(finding);
    expect(record).toMatchObject({ state: 'failed', decision: { what: 'approved' } });
    expect(record && planToDecideOn(record, undefined)).toBe(named.plan);
    expect(await deny(world, { by: eve })).toMatchObject({ done: true });
    playing(world);
    world.clock.advance({ minutes: 10 });
    await world.sweep();
    await world.receive(finding);
    expect(await world.latest(finding)).toMatchObject({ state: 'denied', reason: `Denied by ${eve}: Ours` });
    expect(world.modes).not.toContain('apply');
  });

  it('of a denial and an approval at the same time one is the last, and the finding is as that says', async () => {
    const world = await waitingWorld();
    world.whilePausing = () => {};
    const told = await Promise.all([deny(world), approve(world, { by: eve })]);
    const record = await world.latest(finding);
    expect(told.some(({ done }) => done)).toBe(true);
    expect(record?.state === 'fixed').toBe(!world.open);
    expect(['fixed', 'denied']).toContain(record?.state);
    // Once fixed there is nothing to decide.
    if (record?.state === 'fixed') {
      expect((await deny(world)).text).toMatch(/nothing to decide/);
    }
  });

  it('nobody approves what is held or failed without having waited for approval', async () => {
    const world = await waitingWorld();
    await pause(world);
    await world.receive();
    const order = { finding: testIdentity };
    expect(await world.latest()).toMatchObject({ state: 'held' });
    expect((await approve(world, order)).text).toMatch(/nothing to decide/);
    expect((await deny(world, order)).text).toMatch(/nothing to decide/);
  });

  it('who approves what is only reported hears that its flag is off', async () => {
    const { world } = World.inMemory();
    const reported = { ...testIdentity, accountId: accounts.off };
    await world.receive(reported);
    expect(await approve(world, { finding: reported })).toMatchObject({
      done: false,
      text: expect.stringMatching(/nothing to decide\. Its flag is off: set it to approval or on/),
    });
  });

  it('a denied plan stays denied however long it takes, and whatever messages come', async () => {
    const world = await waitingWorld();
    await deny(world);
    for (let month = 1; month <= 7; month += 1) {
      world.clock.advance({ minutes: 60 * 24 * 30 });
      await world.sweep();
      await world.receive(finding);
    }
    expect(await world.latest(finding)).toMatchObject({ state: 'denied', decision: { what: 'denied' } });
    expect(states(world)).toEqual(['waiting', 'denied']);
    expect(world.open).toBe(true);
  });
});

describe('an approval expires:', () => {
  it('what failed until then waits again, told anew with who approved it and when', async () => {
    const world = await waitingWorld(brief);
    failing(world);
    await approve(world);
    for (const minutes of [1, 2, 4]) {
      world.clock.advance({ minutes });
      await world.sweep();
    }
    playing(world);
    world.clock.advance({ minutes: 8 });
    await world.sweep();
    expect(world.open).toBe(true);
    expect(states(world)).toEqual(['waiting', 'failed', 'waiting']);
    expect(world.reports.at(-1)?.reason).toContain(expired);
    const record = await world.latest(finding);
    expect(record).toMatchObject({ state: 'waiting', reason: expect.stringContaining(expired) });
    expect(record).not.toHaveProperty('decision');
    expect(await approve(world)).toMatchObject({ done: true, text: 'Approved, and fixed.' });
  });

  it('it is told also where the first look after its end sees nothing', async () => {
    const world = await waitingWorld(brief);
    failing(world);
    await approve(world);
    world.remediate = async () => failedResult('Throttled.');
    world.clock.advance({ minutes: 11 });
    await world.sweep();
    expect((await world.latest(finding))?.state).toBe('failed');
    playing(world);
    world.clock.advance({ minutes: 60 });
    await world.sweep();
    expect(world.reports.at(-1)).toMatchObject({
      state: 'waiting',
      reason: expect.stringContaining(expired),
    });
    expect(world.open).toBe(true);
  });

  it('half a year later nothing is fixed by it', async () => {
    const world = await waitingWorld();
    await pause(world);
    await approve(world);
    world.clock.advance({ minutes: 60 * 24 * 182 });
    await resume(world);
    await world.sweep();
    expect(await world.latest(finding)).toMatchObject({ state: 'waiting' });
    expect([world.open, world.modes.includes('apply')]).toEqual([true, false]);
  });

  it('by a timer also while the fix is held for the switch, which wakes nobody', async () => {
    const world = await waitingWorld(brief);
    await pause(world);
    await approve(world);
    expect(await world.latest(finding)).toMatchObject({ state: 'held', waitsFor: 'stop#organization' });
    const looks = world.asked.length;
    world.clock.advance({ minutes: 9, seconds: 59 });
    await world.sweep();
    expect(world.asked.length).toBe(looks);
    world.clock.advance({ seconds: 1 });
    await world.sweep();
    expect(states(world)).toEqual(['waiting', 'held', 'waiting']);
    expect(world.reports[2]?.reason).toContain(expired);
    expect(world.reports[2]).not.toHaveProperty('decision');
    expect(await world.latest(finding)).toMatchObject({ state: 'waiting' });
    // Nor is the timer left behind.
    expect(await dueKeys(world.ledger)).toEqual([]);
  });

  it('by a timer also where the switch could not be read when it was given', async () => {
    const world = await waitingWorld(brief);
    await pause(world);
    world.failingSwitchReads = 3;
    await approve(world);
    expect(await world.latest(finding)).toMatchObject({ state: 'held', heldBy: 'stop' });
    expect(await world.latest(finding)).not.toHaveProperty('waitsFor');
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(await world.latest(finding)).toMatchObject({ state: 'held', waitsFor: 'stop#organization' });
    world.clock.advance({ minutes: 9 });
    await world.sweep();
    expect(world.reports.at(-1)?.reason).toContain(expired);
  });

  it('at exactly that moment it does not count any more, a millisecond earlier it does', async () => {
    for (const [early, state] of [
      [1, 'fixed'],
      [0, 'waiting'],
    ] as const) {
      const world = await waitingWorld(brief);
      await pause(world);
      await approve(world);
      await resume(world);
      world.clock.advance({ seconds: 600 - early / 1000 });
      await world.sweep();
      expect((await world.latest(finding))?.state).toBe(state);
    }
  });

  it('a later approval counts from when it was given, and the timer of the earlier one ends nothing', async () => {
    const world = await waitingWorld(brief);
    await pause(world);
    await approve(world);
    world.clock.advance({ minutes: 6 });
    expect(await approve(world, { by: eve })).toMatchObject({ done: true });
    world.clock.advance({ minutes: 5 });
    await world.sweep();
    expect(await world.latest(finding)).toMatchObject({ state: 'held', decision: { by: eve } });
    world.clock.advance({ minutes: 5 });
    await world.sweep();
    expect(await world.latest(finding)).toMatchObject({ state: 'waiting' });
  });

  it('and is withdrawn by a denial, which the timer leaves as it is', async () => {
    const world = await waitingWorld(brief);
    await pause(world);
    await approve(world);
    await deny(world);
    world.clock.advance({ minutes: 30 });
    await world.sweep();
    expect(await world.latest(finding)).toMatchObject({ state: 'denied' });
    expect(await dueKeys(world.ledger)).toEqual([]);
  });

  it('a lossy plan under on waits again when its approval has expired', async () => {
    const lossy: Plan = { ...testPlan, lossy: true, losses: ['Port 80 goes too.'] };
    const { world } = World.inMemory();
    world.policy = brief;
    world.remediate = async ({ mode }) =>
      mode === 'plan' ? answer('planned', { plan: lossy }) : answer('failed', { plan: lossy, reason: 'No.' });
    await world.receive();
    await approve(world, { finding: testIdentity, plan: planDigest(lossy) });
    expect(world.applies).toMatchObject([{ applyLossy: true }]);
    world.clock.advance({ minutes: 11 });
    await world.sweep();
    expect(world.applies).toHaveLength(1);
    expect(await world.latest()).toMatchObject({
      state: 'waiting',
      reason: expect.stringContaining(expired),
    });
  });
});
