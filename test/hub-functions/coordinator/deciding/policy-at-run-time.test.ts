import type { CompiledPolicy } from '../../../../config/compiled';
import type { Plan } from '../../../../core/plan';
import { planDigest } from '../../../../core/plan-digest';
import { stateDigest } from '../../../../core/state-digest';
import { accounts, answer, testIdentity, testPlan, testPolicy, testState } from '../../../support/findings';
import { World } from '../world';

async function newWorld(policy: CompiledPolicy = testPolicy): Promise<World> {
  const { world } = World.inMemory();
  world.policy = policy;
  return world;
}

const by = 'arn:aws:sts::111111111111:assumed-role/security/ada';
const inAccount = (accountId: string) => ({ ...testIdentity, accountId });
const resource = (number: number, accountId = accounts.on) => ({
  ...inAccount(accountId),
  resourceId: `sg-${String(number).padStart(17, '0')}`,
});
const flagged = (flag: 'off' | 'approval' | 'on', source = 'organization.yaml:12') => ({
  flag,
  source,
  controls: {},
});
const everywhere = (flag: 'off' | 'approval' | 'on'): CompiledPolicy => ({
  ...testPolicy,
  default: flagged(flag),
  accounts: {},
});

describe('the stop switch', () => {
  const pause = (world: World, scope = 'organization') =>
    world.order({ order: 'pause', scope, reason: 'An incident', by });
  const resume = (world: World, scope = 'organization') => world.order({ order: 'resume', scope, by });

  it('keeps findings, fixes nothing, and says so once to the channel, with each finding once', async () => {
    const world = await newWorld();
    expect(await pause(world)).toMatchObject({ done: true });
    await world.receive(resource(1));
    await world.receive(resource(2));
    await world.receive(resource(2));
    expect(world.modes).toEqual(['plan', 'plan', 'plan']);
    expect(await world.latest(resource(1))).toMatchObject({ state: 'held', heldBy: 'stop', plan: testPlan });
    const told = world.reports.map(({ state, finding }) => [state, finding.resourceId]);
    expect(told).toEqual([1, 2].map((number) => ['held', resource(number).resourceId]));
    expect(world.notices).toMatchObject([{ title: 'Paused: the whole organization' }]);
    expect(world.notices[0]?.text).toContain('An incident');
  });

  it('lets go of what was held, read live again, once it is resumed, and not before', async () => {
    const world = await newWorld();
    await pause(world);
    await world.receive();
    world.clock.advance({ minutes: 16 });
    await world.sweep();
    expect(world.modes).toEqual(['plan']);
    expect(await resume(world)).toMatchObject({ done: true, text: expect.stringContaining('1 held') });
    await world.sweep();
    expect(world.modes).toEqual(['plan', 'plan', 'apply']);
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
    expect(world.notices).toMatchObject([{}, { title: 'Resumed: the whole organization' }]);
    expect((await resume(world)).text).toContain('was not paused');
  });

  it('holds for an account, and for everything under an organizational unit', async () => {
    const world = await newWorld(everywhere('on'));
    world.path = [{ id: 'ou-abcd-11111111' }, { id: 'r-abcd' }];
    await pause(world, accounts.on);
    await world.receive(inAccount(accounts.on));
    await world.receive(inAccount(accounts.off));
    expect((await world.latest(inAccount(accounts.on)))?.state).toBe('held');
    expect((await world.latest(inAccount(accounts.off)))?.state).toBe('fixed');
    await pause(world, 'ou-abcd-11111111');
    world.open = true;
    await world.receive(inAccount(accounts.approval));
    expect((await world.latest(inAccount(accounts.approval)))?.state).toBe('held');
  });

  it('stops a fix that is already handed over, before its first write', async () => {
    const world = await newWorld();
    world.remediate = async (assignment) =>
      assignment.mode === 'apply'
        ? answer('stopped', { reason: 'Staunch is paused.' })
        : world.play(assignment);
    await world.receive();
    expect(world.applies[0]?.place).toEqual([accounts.on, 'r-root']);
    expect(await world.latest()).toMatchObject({
      state: 'held',
      heldBy: 'stop',
      reason: 'Staunch is paused.',
    });
    // Which pause it was is asked in a minute.
    expect(await world.latest()).toHaveProperty('lookAgainAt', '2026-11-23T10:01:00.000Z');
  });

  it('counts as on when it cannot be read, for a minute', async () => {
    const world = await newWorld();
    world.failingSwitchReads = 3;
    await world.receive();
    expect(await world.latest()).toMatchObject({
      state: 'held',
      heldBy: 'stop',
      lookAgainAt: '2026-11-23T10:01:00.000Z',
      reason: expect.stringContaining('cannot be read'),
    });
    expect(world.modes).toEqual(['plan']);
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('counts as read when it can be read the third time', async () => {
    const world = await newWorld();
    world.failingSwitchReads = 2;
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
    expect(world.pauses.count).toBe(2);
  });

  it('is not turned for an account that does not exist: that would be a false safety', async () => {
    const world = await newWorld();
    expect(await pause(world, '000000000000')).toMatchObject({
      done: false,
      text: expect.stringContaining('not there'),
    });
    world.organizationDown = true;
    expect(await pause(world, accounts.on)).toMatchObject({ done: true });
  });

  it('does not keep a fix from being undone', async () => {
    const world = await newWorld();
    await world.receive();
    await pause(world);
    const until = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
    const order = {
      order: 'undo',
      finding: testIdentity,
      occurrence: 1,
      reason: 'Wrong',
      until,
      by,
    };
    expect(await world.order(order)).toMatchObject({ done: true });
  });
});

describe('a name in the policy that the organization does not have', () => {
  it('keeps everything from being fixed, because it may have been meant to protect; and is told once a day', async () => {
    const world = await newWorld();
    world.missing = [{ key: '/Workloads/Prod', source: 'organization.yaml:31' }];
    await world.receive(resource(1));
    await world.receive(resource(2));
    expect(world.modes).toEqual(['plan', 'plan']);
    expect(await world.latest(resource(1))).toMatchObject({
      state: 'held',
      heldBy: 'names',
      waitsFor: 'names',
    });
    expect(world.notices).toHaveLength(1);
    expect(world.notices[0]?.text).toContain('/Workloads/Prod (organization.yaml:31)');
  });

  it('holds nothing any more once it is corrected', async () => {
    const world = await newWorld();
    world.missing = [{ key: '/Workloads/Prod', source: 'organization.yaml:31' }];
    await world.receive();
    world.clock.advance({ minutes: 60 * 24 });
    await world.sweep();
    expect(world.modes).toEqual(['plan']);
    world.missing = [];
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it.each([
    [2, 'fixed'],
    [3, 'held'],
  ])('is not told by AWS Organizations %i times in a row: then a finding is %s', async (times, state) => {
    const world = await newWorld();
    world.failingNameReads = times;
    await world.receive();
    expect(await world.latest()).toMatchObject({
      state,
      ...(state === 'held' && { heldBy: 'names', lookAgainAt: '2026-11-23T10:01:00.000Z' }),
    });
  });
});

describe('a finding that waits', () => {
  const shown = planDigest(testPlan);
  const approve = (world: World, more: object = {}) =>
    world.order({
      order: 'approve',
      finding: inAccount(accounts.approval),
      occurrence: 1,
      plan: shown,
      by,
      ...more,
    });
  const deny = (world: World, more: object = {}) =>
    world.order({
      order: 'deny',
      finding: inAccount(accounts.approval),
      occurrence: 1,
      plan: shown,
      reason: 'Ours',
      by,
      ...more,
    });
  async function waitingWorld(): Promise<World> {
    const world = await newWorld();
    await world.receive(inAccount(accounts.approval));
    expect(await world.latest(inAccount(accounts.approval))).toMatchObject({
      state: 'waiting',
      planDigest: shown,
    });
    world.asked.length = 0;
    return world;
  }

  it('is fixed with the plan that was approved, and no other', async () => {
    const world = await waitingWorld();
    expect(await approve(world)).toMatchObject({ done: true, text: 'Approved, and fixed.' });
    expect(world.asked).toMatchObject([
      { mode: 'plan' },
      { mode: 'apply', applyLossy: false, fix: { plan: testPlan, state: stateDigest(testState) } },
    ]);
    expect(await world.latest(inAccount(accounts.approval))).toMatchObject({ state: 'fixed' });
  });

  it('waits with the new plan when the resource differs by now', async () => {
    const world = await waitingWorld();
    const other: Plan = { ...testPlan, changes: [{ action: 'revoke', text: 'Another rule.' }] };
    world.remediate = async () => answer('planned', { plan: other });
    expect(await approve(world)).toMatchObject({ done: false, changes: ['Another rule.'] });
    const record = await world.latest(inAccount(accounts.approval));
    expect(record).toMatchObject({ state: 'waiting', planDigest: planDigest(other) });
    expect(record).not.toHaveProperty('decision');
    expect((await approve(world)).text).toContain('not the one that was shown');
    expect(world.modes).not.toContain('apply');
  });

  it('can be approved as the lossy plan that AWS alone allows', async () => {
    const world = await waitingWorld();
    const lossy: Plan = {
      ...testPlan,
      changes: [...testPlan.changes],
      lossy: true,
      losses: ['Port 80 goes too.'],
    };
    let room = false;
    world.remediate = async (assignment) => {
      if (assignment.mode === 'plan') return answer('planned');
      if (assignment.mode === 'apply' && assignment.applyLossy && room) return world.play(assignment);
      return answer('planned', { plan: lossy });
    };
    await approve(world);
    expect(await world.latest(inAccount(accounts.approval))).toMatchObject({ state: 'waiting', plan: lossy });
    room = true;
    expect(await approve(world, { plan: planDigest(lossy) })).toMatchObject({ done: true });
    expect(await world.latest(inAccount(accounts.approval))).toMatchObject({ state: 'fixed' });
  });

  it('stays as it is when it was denied, whatever messages come, until its plan is another one', async () => {
    const world = await waitingWorld();
    expect(await deny(world)).toMatchObject({ done: true });
    expect(world.asked).toEqual([]);
    await world.receive(inAccount(accounts.approval));
    expect(await world.latest(inAccount(accounts.approval))).toMatchObject({
      state: 'denied',
      reason: `Denied by ${by}: Ours`,
      decision: { what: 'denied' },
    });
    expect(world.reports.map(({ state }) => state)).toEqual(['waiting', 'denied']);
    const other: Plan = { ...testPlan, changes: [{ action: 'revoke', text: 'Another rule.' }] };
    world.remediate = async () => answer('planned', { plan: other });
    await world.receive(inAccount(accounts.approval));
    expect(await world.latest(inAccount(accounts.approval))).toMatchObject({ state: 'waiting' });
  });

  it('stays denied over a look that saw nothing, also where the flag is on by then', async () => {
    const world = await waitingWorld();
    await deny(world);
    world.policy = everywhere('on');
    world.remediate = async () => answer('failed', { violations: [], reason: 'Throttled.' });
    await world.receive(inAccount(accounts.approval));
    world.remediate = async (assignment) => world.play(assignment);
    world.clock.advance({ minutes: 5 });
    await world.receive(inAccount(accounts.approval));
    expect([world.open, (await world.latest(inAccount(accounts.approval)))?.state]).toEqual([true, 'denied']);
  });

  it('needs a new approval when the flag was off in between', async () => {
    const world = await waitingWorld();
    await world.order({ order: 'pause', scope: 'organization', reason: 'x', by });
    await approve(world);
    world.policy = everywhere('off');
    await world.receive(inAccount(accounts.approval));
    world.policy = testPolicy;
    await world.order({ order: 'resume', scope: 'organization', by });
    await world.receive(inAccount(accounts.approval));
    expect([world.open, (await world.latest(inAccount(accounts.approval)))?.state]).toEqual([
      true,
      'waiting',
    ]);
  });

  it('is fixed later when the approval found Staunch paused', async () => {
    const world = await waitingWorld();
    await world.order({ order: 'pause', scope: 'organization', reason: 'x', by });
    expect((await approve(world)).text).toContain('waits for its time');
    await world.order({ order: 'resume', scope: 'organization', by });
    await world.sweep();
    expect(await world.latest(inAccount(accounts.approval))).toMatchObject({ state: 'fixed' });
  });

  it.each([
    ['what is only reported', accounts.off, /nothing to decide/],
    ['what is fixed already', accounts.on, /nothing to decide/],
  ])('is not what %s is', async (_what, accountId, text) => {
    const world = await newWorld();
    await world.receive(inAccount(accountId));
    const modes = [...world.modes];
    expect(await approve(world, { finding: inAccount(accountId) })).toMatchObject({
      done: false,
      text: expect.stringMatching(text),
    });
    expect(world.modes).toEqual(modes);
  });
});

describe('a policy that cannot be told', () => {
  it('closes nothing: what complies by the defaults may be open by its parameters', async () => {
    const world = await newWorld({ ...everywhere('off'), accounts: { [accounts.approval]: flagged('on') } });
    await world.receive();
    world.organizationDown = true;
    world.open = false;
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'failed', occurrence: 1 });
    world.organizationDown = false;
    world.clock.advance({ minutes: 5 });
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'already-compliant' });
    world.organizationDown = true;
    await expect(world.receive()).rejects.toThrow('cannot be told');
  });
});

describe('limits', () => {
  const limited: CompiledPolicy = {
    ...everywhere('on'),
    limits: {
      failuresPerHour: 10,
      openFindings: 500,
      concurrency: 50,
      fixesPerHour: { account: 2, organization: 3 },
    },
  };
  async function find(world: World, number: number, accountId: string) {
    world.open = true;
    await world.receive(resource(number, accountId));
    return world.latest(resource(number, accountId));
  }

  it('make what is past them wait, tell the channel once that they are reached, and lose nothing', async () => {
    const world = await newWorld(limited);
    for (const number of [1, 2])
      expect(await find(world, number, accounts.on)).toMatchObject({ state: 'fixed' });
    for (const number of [3, 4]) {
      expect(await find(world, number, accounts.on)).toMatchObject({ state: 'held', heldBy: 'limit' });
    }
    expect(world.notices).toHaveLength(1);
    expect(world.reports.map(({ state }) => state)).toEqual(['fixed', 'fixed', 'held', 'held']);
    world.clock.advance({ minutes: 60, seconds: 1 });
    world.open = true;
    await world.sweep();
    world.open = true;
    await world.sweep();
    const states = [await world.latest(resource(3)), await world.latest(resource(4))].map((r) => r?.state);
    expect(states).not.toContain('held');
  });

  it('are told again in the next hour of the clock, where a fix is newly held then', async () => {
    const world = await newWorld(limited);
    for (const number of [1, 2, 3]) await find(world, number, accounts.on);
    world.clock.advance({ minutes: 50 });
    await find(world, 4, accounts.on);
    expect(world.notices).toHaveLength(1);
    // What was made at 10:00 counts until 11:00.
    world.clock.advance({ minutes: 9, seconds: 59 });
    await find(world, 5, accounts.on);
    expect(world.notices).toHaveLength(1);
    world.clock.advance({ seconds: 1 });
    for (const number of [6, 7])
      expect(await find(world, number, accounts.on)).toMatchObject({ state: 'fixed' });
    expect(await find(world, 8, accounts.on)).toMatchObject({ state: 'held', heldBy: 'limit' });
    expect(world.notices.map(({ at }) => at)).toEqual([
      '2026-11-23T10:00:00.000Z',
      '2026-11-23T11:00:00.000Z',
    ]);
  });

  it('are not asked for with a look at each of a thousand findings that wait', async () => {
    const world = await newWorld({
      ...limited,
      limits: { ...limited.limits, fixesPerHour: { account: 1, organization: 3 } },
    });
    for (let number = 1; number <= 12; number += 1) await find(world, number, accounts.on);
    const looks = world.asked.length;
    world.clock.advance({ minutes: 30 });
    await world.sweep();
    expect(world.asked.length).toBe(looks);
    world.clock.advance({ minutes: 31 });
    world.open = true;
    await world.sweep();
    expect(world.modes.slice(looks).filter((mode) => mode === 'apply').length).toBeLessThanOrEqual(1);
    expect(world.asked.length).toBeGreaterThan(looks);
  });

  it("keep one noisy account from using up the organization's share", async () => {
    const world = await newWorld(limited);
    for (const number of [1, 2, 3]) await find(world, number, accounts.on);
    expect(await find(world, 9, accounts.off)).toMatchObject({ state: 'fixed' });
    expect(await find(world, 10, accounts.approval)).toMatchObject({
      state: 'held',
      reason: expect.stringContaining('the organization'),
    });
  });
});

describe('a resource that is opened again and again', () => {
  it('is fixed with growing pauses, and told as a conflict with who changes it; it is never given up', async () => {
    const world = await newWorld();
    const lastChange = {
      by: 'arn:aws:iam::222222222222:role/terraform',
      event: 'AuthorizeSecurityGroupIngress',
      at: 'x',
    };
    world.remediate = async (assignment) => ({
      ...world.play(assignment),
      ...(assignment.mode === 'plan' && assignment.tellLastChange && { lastChange }),
    });
    const pauses: number[] = [];
    for (let occurrence = 1; occurrence <= 6; occurrence += 1) {
      world.open = true;
      await world.receive();
      let waited = 0;
      while (world.open) {
        expect(await world.latest()).toMatchObject({ state: 'held', heldBy: 'conflict', occurrence });
        world.clock.advance({ minutes: 1 });
        waited += 1;
        await world.sweep();
      }
      pauses.push(waited);
    }
    expect(pauses.slice(0, 2)).toEqual([0, 0]);
    expect(pauses).toEqual(pauses.toSorted((one, other) => one - other));
    expect(pauses[3]).toBeGreaterThan(pauses[2] ?? 0);
    const conflicts = world.reports.filter(({ state }) => state === 'held');
    expect(conflicts).toHaveLength(4);
    expect(conflicts[0]?.reason).toContain(lastChange.by);
  });
});

describe('an exemption', () => {
  const exempt = (until: string): CompiledPolicy => ({
    ...everywhere('on'),
    exemptions: [
      {
        control: testIdentity.control,
        account: accounts.on,
        resource: 'sg-*',
        reason: 'A honeypot',
        owner: 'research',
        expires: until,
        until,
        source: 'organization.yaml:40',
      },
    ],
  });

  it('keeps the resource as it is, with its line, until it ends by itself; and its end is told before', async () => {
    const world = await newWorld(exempt('2026-12-10T00:00:00.000Z'));
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'exempt', lookAgainAt: '2026-12-10T00:00:00.000Z' });
    expect(world.reports[0]?.reason).toContain('organization.yaml:40');
    await world.sweep();
    expect(world.notices).toEqual([]);
    world.clock.advance({ minutes: 60 * 24 * 10 });
    await world.sweep();
    await world.sweep();
    expect(world.notices).toMatchObject([{ title: 'An exemption ends within a week' }]);
    world.clock.advance({ minutes: 60 * 24 * 6 });
    await world.sweep();
    expect(world.notices).toMatchObject([{}, { title: 'An exemption ends today' }]);
    expect(world.open).toBe(true);
    world.clock.advance({ minutes: 60 * 24 });
    await world.sweepOut();
    expect([world.open, (await world.latest())?.state]).toEqual([false, 'fixed']);
  });

  it('by tag counts only where the policy allows it, as long as it allows, and is posted when first seen', async () => {
    const byTag = { organizationalUnits: ['r-root'], maximumDays: 2, source: 'organization.yaml:50' };
    const allowed = { ...everywhere('on'), exemptionRules: { maximumDays: 365, byTag } };
    const tagged = (world: World) => {
      world.remediate = async (assignment) => ({ ...world.play(assignment), exemptUntil: '2027-06-01' });
    };
    const world = await newWorld(allowed);
    tagged(world);
    world.path = [{ id: 'r-root' }];
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'exempt' });
    expect(world.reports).toMatchObject([{ state: 'exempt' }]);
    world.clock.advance({ minutes: 60 * 24 * 2 + 1 });
    await world.sweep();
    expect((await world.latest())?.state).toBe('fixed');

    const elsewhere = await newWorld(everywhere('on'));
    tagged(elsewhere);
    await elsewhere.receive();
    expect((await elsewhere.latest())?.state).toBe('fixed');
  });
});

describe('a flag that is switched on', () => {
  it('has what was reported before read live again, and fixes exactly what is still dangerous', async () => {
    const world = await newWorld(everywhere('off'));
    await world.receive(resource(1));
    await world.receive(resource(2));
    await world.sweep();
    expect(world.modes).toEqual(['plan', 'plan']);
    world.policy = everywhere('on');
    world.remediate = async (assignment) =>
      assignment.identity.resourceId === resource(2).resourceId
        ? answer('already-compliant')
        : world.play(assignment);
    await world.sweepOut();
    expect((await world.latest(resource(1)))?.state).toBe('fixed');
    expect((await world.latest(resource(2)))?.state).toBe('already-compliant');
    expect(world.modes.filter((mode) => mode === 'apply')).toHaveLength(1);
  });

  it.each([
    ['the same policy again, after all was off', everywhere('on'), everywhere('on')],
    ['other parameters', everywhere('off'), everywhere('on')],
  ])('is noticed with %s', async (_what, before, after) => {
    const world = await newWorld(before);
    await world.sweep();
    world.policy = everywhere('off');
    await world.receive();
    await world.sweep();
    expect((await world.latest())?.state).toBe('reported');
    world.policy = after;
    await world.sweepOut();
    expect((await world.latest())?.state).toBe('fixed');
  });

  it('is noticed within a day also where the account has moved', async () => {
    const unit = 'ou-abcd-11111111';
    const world = await newWorld({ ...everywhere('off'), organizationalUnits: { [unit]: flagged('on') } });
    await world.sweep();
    await world.receive();
    world.path = [{ id: unit }, { id: 'r-root' }];
    world.clock.advance({ minutes: 60 * 24 + 1 });
    await world.sweepOut();
    expect((await world.latest())?.state).toBe('fixed');
  });

  it('passes on the parameters that hold in the account', async () => {
    const world = await newWorld({
      ...everywhere('on'),
      accounts: {
        [accounts.on]: {
          source: 'organization.yaml:12',
          controls: {
            [testIdentity.control]: {
              source: 'organization.yaml:13',
              parameters: { values: { prohibitedPorts: [3389] }, source: 'organization.yaml:14' },
            },
          },
        },
      },
    });
    await world.receive();
    expect(world.asked.map(({ parameters }) => parameters)).toEqual([
      { prohibitedPorts: [3389] },
      { prohibitedPorts: [3389] },
    ]);
  });
});
