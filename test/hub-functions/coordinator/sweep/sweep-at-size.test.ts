import type { CompiledPolicy } from '../../../../config/compiled';
import { type FindingIdentity, findingKey } from '../../../../core/finding';
import { ruledDigest } from '../../../../decision/ruled';
import { rulingFor } from '../../../../hub-functions/coordinator/deciding/ruling';
import { itemOf } from '../../../../ledger/findings/record-item';
import { open } from '../../../../ledger/transitions/open';
import type { HeldOutcome } from '../../../../ledger/transitions/outcome';
import { settle } from '../../../../ledger/transitions/settle';
import {
  accounts,
  answer,
  testIdentity,
  testPlan,
  testPolicy,
  testViolation,
} from '../../../support/findings';
import type { MemoryTables } from '../../../support/memory-documents';
import { withAllTold } from '../../../support/records';
import { World } from '../world';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const by = 'arn:aws:iam::111111111111:user/ada';
const many = 5_000;
const everywhere: CompiledPolicy = {
  ...testPolicy,
  default: { flag: 'on', source: 'organization.yaml:9', controls: {} },
  accounts: {},
};
const resource = (number: number, accountId: string): FindingIdentity => ({
  ...testIdentity,
  accountId,
  resourceId: `sg-${String(number).padStart(17, '0')}`,
});

/** Writes so many findings that came to the same, without a look at each of them. */
async function write(
  world: World,
  tables: MemoryTables,
  {
    count,
    accountId,
    outcome,
  }: {
    count: number;
    accountId: string;
    outcome: Partial<Omit<HeldOutcome, 'state'>> & Pick<HeldOutcome, 'heldBy'>;
  },
): Promise<void> {
  const now = world.clock.now();
  const ruling = await rulingFor(resource(0, accountId), world.policy, world.parts().organization, now);
  const lease = { holder: 'a', until: now.toISOString() };
  const opened = open(resource(0, accountId), 1, 'critical', lease, now);
  const held: HeldOutcome = {
    state: 'held',
    decidedBy: 'the default',
    flag: 'on',
    violations: [testViolation],
    plan: testPlan,
    ruled: ruledDigest(ruling, world.policy),
    ...outcome,
  };
  const settled = settle(opened, 'a', held, now);
  const item = itemOf(withAllTold(settled));
  for (let number = 1; number <= count; number += 1) {
    const identity = resource(number, accountId);
    tables.put(world.tableName, { ...item, identity, finding: findingKey(identity) });
  }
}
const pause = (world: World) =>
  world.order({ order: 'pause', scope: 'organization', reason: 'An incident', by });
const resume = (world: World) => world.order({ order: 'resume', scope: 'organization', by });
const lookedAt = (world: World) =>
  world.asked.filter(({ mode }) => mode === 'plan').map(({ identity }) => identity);
const accountsOf = (identities: readonly FindingIdentity[]) => identities.map(({ accountId }) => accountId);

/** Five thousand findings are held for one account's limit, and five thousand of another account for the switch. */
async function crowdedWorld(): Promise<{ world: World; tables: MemoryTables }> {
  const { world, tables } = World.inMemory();
  world.policy = everywhere;
  const { fixLimits, waitingScopes } = world.parts();
  const now = world.clock.now();
  for (let fix = 1; fix <= 20; fix += 1) {
    const perHour = { account: 20, organization: 100, failures: 10 };
    await fixLimits.reserve({ accountId: accounts.on, fix: `fix ${fix}` }, perHour, now);
  }
  const limit = `limit#account#${accounts.on}`;
  const stop = `stop#${accounts.off}`;
  await world.order({ order: 'pause', scope: accounts.off, reason: 'An incident', by });
  for (const waitsFor of [limit, stop]) await waitingScopes.note(waitsFor, now);
  await write(world, tables, {
    count: many,
    accountId: accounts.on,
    outcome: { heldBy: 'limit', waitsFor: limit },
  });
  await write(world, tables, {
    count: many,
    accountId: accounts.off,
    outcome: { heldBy: 'stop', waitsFor: stop },
  });
  return { world, tables };
}

describe('with five thousand findings held for a limit and five thousand for the switch', () => {
  it("another account's retry is taken in the next turn, and none of those that wait is looked at", async () => {
    const { world } = await crowdedWorld();
    world.remediate = async () => answer('failed', { reason: 'Throttled.' });
    await world.receive(resource(1, accounts.approval));
    world.remediate = async (assignment) => world.play(assignment);
    world.asked.length = 0;
    world.clock.advance({ minutes: 1 });
    expect(await world.sweep()).toEqual({ reported: 0, resumed: 1, failed: 0 });
    expect(await world.latest(resource(1, accounts.approval))).toMatchObject({ state: 'fixed' });
    expect(accountsOf(lookedAt(world))).toEqual([accounts.approval]);
  });

  it('the limit wakes as many as it allows, and the switch a bounded number a turn, with room for a retry', async () => {
    const { world } = await crowdedWorld();
    world.remediate = async () => answer('failed', { reason: 'Throttled.' });
    await world.receive(resource(1, accounts.approval));
    world.remediate = async (assignment) => {
      world.open = true;
      return world.play(assignment);
    };
    world.asked.length = 0;
    world.clock.advance({ minutes: 60 });
    await world.order({ order: 'resume', scope: accounts.off, by });
    const { resumed } = await world.sweep();
    expect(resumed).toBe(250);
    const looks = accountsOf(lookedAt(world));
    expect(looks).toContain(accounts.approval);
    expect(looks.filter((accountId) => accountId === accounts.on)).toHaveLength(20);
    const fixed = world.applies.filter(({ identity }) => identity.accountId === accounts.on);
    expect(fixed).toHaveLength(20);
  });

  it('what waits for the same switch is woken in turns of its accounts, however late it came', async () => {
    const { world, tables } = World.inMemory();
    world.policy = everywhere;
    await pause(world);
    const outcome = { heldBy: 'stop', waitsFor: 'stop#organization' } as const;
    await world.parts().waitingScopes.note(outcome.waitsFor, world.clock.now());
    await write(world, tables, { count: many, accountId: accounts.on, outcome });
    world.clock.advance({ minutes: 5 });
    await write(world, tables, { count: 1, accountId: accounts.off, outcome });
    await resume(world);
    world.remediate = async (assignment) => {
      world.open = true;
      return world.play(assignment);
    };
    await world.sweep();
    expect(await world.latest(resource(1, accounts.off))).toMatchObject({ state: 'fixed' });
  });
});

describe('two hundred and sixty records that cannot be understood', () => {
  const unreadable = (world: World, tables: MemoryTables, sweep: string) => {
    for (let number = 1; number <= 260; number += 1) {
      const { finding, record } = itemOf(
        open(resource(number, accounts.off), 1, 'low', { holder: 'a', until: '' }, world.clock.now()),
      );
      // The oldest of all.
      const dueAt = '2020-01-01T00:00:00.000Z';
      tables.put(world.tableName, { finding, record, sweep, dueAt, version: 1, state: 'splendid' });
    }
  };

  it('block no report: they move back, and the next turn sends it', async () => {
    const { world, tables } = World.inMemory();
    unreadable(world, tables, 'report');
    world.busDown = true;
    await world.receive();
    world.busDown = false;
    world.clock.advance({ minutes: 1 });
    expect(await world.sweep()).toMatchObject({ failed: 250 });
    expect(await world.sweep()).toMatchObject({ failed: 10 });
    expect(world.reports.map(({ state }) => state)).toEqual(['fixed']);
    expect(await world.sweep()).toMatchObject({ reported: 0, failed: 0 });
  });

  it("block no other account's look, in the same turn", async () => {
    const { world, tables } = World.inMemory();
    unreadable(world, tables, 'due');
    world.remediate = async () => answer('failed', { reason: 'Throttled.' });
    await world.receive();
    world.remediate = async (assignment) => world.play(assignment);
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('nor what is held with them for the same switch; they are not read again each minute', async () => {
    const { world, tables } = World.inMemory();
    await pause(world);
    unreadable(world, tables, 'waits#stop#organization');
    await world.receive();
    await resume(world);
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
    for (let turn = 1; turn <= 2; turn += 1) {
      world.clock.advance({ minutes: 10 });
      await world.sweep();
    }
    world.clock.advance({ minutes: 10 });
    expect(await world.sweep()).toMatchObject({ failed: 0 });
    // Whoever repairs them finds that they are woken.
    const scopes = await world.parts().waitingScopes.list();
    expect(scopes.map(({ waitsFor }) => waitsFor)).toEqual(['stop#organization']);
  });
});
