import type { CompiledPolicy } from '../../../../config/compiled';
import { SessionRefusedError } from '../../../../hub-functions/member-session/assume';
import { accounts, answer, testIdentity, testPolicy } from '../../../support/findings';
import { World } from '../world';

const resource = (number: number, accountId: string = accounts.on) => ({
  ...testIdentity,
  accountId,
  resourceId: `sg-${String(number).padStart(17, '0')}`,
});
const denied = (number = 0) =>
  answer('failed', { reason: `Denied, ${number % 2}.`, errorCode: 'AccessDenied' });

function failingWorld(policy: CompiledPolicy = testPolicy): World {
  const { world } = World.inMemory();
  world.policy = policy;
  world.remediate = async () => denied();
  return world;
}

describe('failures of one account', () => {
  it('are told one by one only for the first three findings of an hour, and then together, with their count', async () => {
    const world = failingWorld();
    for (let number = 1; number <= 40; number += 1) {
      world.remediate = async () => denied(number);
      await world.receive(resource(number));
    }
    expect(world.reports.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed']);
    expect(world.notices).toEqual([]);
    expect(await world.latest(resource(40))).toMatchObject({ state: 'failed', reason: 'Denied, 0.' });
    world.clock.advance({ minutes: 63 });
    await world.sweep();
    const [summary, ...more] = world.notices;
    expect(summary?.title).toBe(`37 more findings of account ${accounts.on} failed within an hour`);
    expect(summary?.text).toMatch(/19 times: Denied, 0\. 18 times: Denied, 1\./);
    expect(more).toEqual([]);
    await world.sweep();
    expect(world.notices).toHaveLength(1);
  });

  it('are not told again while they say the same', async () => {
    const world = failingWorld();
    for (let number = 1; number <= 10; number += 1) await world.receive(resource(number));
    for (let minutes = 0; minutes < 120; minutes += 5) {
      world.clock.advance({ minutes: 5 });
      await world.sweep();
    }
    expect(world.reports.filter(({ state }) => state === 'failed')).toHaveLength(3);
    expect(world.notices).toHaveLength(1);
  });

  it('hide nobody else, and nothing that becomes of them', async () => {
    const world = failingWorld({
      ...testPolicy,
      accounts: {
        ...testPolicy.accounts,
        [accounts.off]: testPolicy.accounts[accounts.on] ?? testPolicy.default,
      },
    });
    for (let number = 1; number <= 10; number += 1) await world.receive(resource(number));
    await world.receive(resource(11, accounts.off));
    expect(world.reports.at(-1)?.finding.accountId).toBe(accounts.off);
    world.remediate = async () => answer('planned');
    world.policy = { ...testPolicy, accounts: {} };
    world.clock.advance({ minutes: 2 });
    await world.sweep();
    // The tenth was told together with others; that it is reported now is told.
    expect(await world.latest(resource(10))).toMatchObject({ state: 'reported' });
    expect(world.reports.filter(({ state }) => state === 'reported')).toHaveLength(11);
  });

  it('are told one by one where they cannot be counted', async () => {
    const { world, tables } = World.inMemory();
    world.remediate = async () => denied();
    tables.before = (_command, { Item }) => {
      if (String(Item?.finding).startsWith('failures#')) throw new Error('Throttled');
    };
    for (let number = 1; number <= 5; number += 1) await world.receive(resource(number));
    expect(world.reports).toHaveLength(5);
  });
});

describe('a resource that cannot be looked at', () => {
  it('is recorded quietly where its flag is off', async () => {
    const world = failingWorld();
    await world.receive(resource(1, accounts.off));
    expect(await world.latest(resource(1, accounts.off))).toMatchObject({
      state: 'failed',
      reason: 'Denied, 0.',
    });
    for (let minutes = 0; minutes < 600; minutes += 60) {
      world.clock.advance({ minutes: 60 });
      await world.sweep();
    }
    expect(await world.latest(resource(1, accounts.off))).toMatchObject({ state: 'given-up' });
    expect(world.reports).toEqual([]);
    expect(world.notices).toEqual([]);
  });

  it('is told once it can be looked at', async () => {
    const world = failingWorld();
    await world.receive(resource(1, accounts.off));
    world.remediate = async (assignment) => world.play(assignment);
    world.clock.advance({ minutes: 2 });
    await world.sweep();
    expect(world.reports.map(({ state }) => state)).toEqual(['reported']);
  });

  it('waits with all others of an account that cannot be reached, which people hear of once a day where it matters', async () => {
    for (const [accountId, heard] of [
      [accounts.on, 2],
      [accounts.off, 0],
    ] as const) {
      const world = failingWorld();
      const parts = world.parts();
      const of = { accountId, role: 'read' } as const;
      const refusal = { reason: 'No such role.', errorCode: 'AccessDenied' };
      world.remediate = async () => {
        if (!(await parts.unreachableAccounts.refusal(of, world.clock.now()))) {
          await parts.unreachableAccounts.remember(of, refusal, world.clock.now());
        }
        return { ...denied(), unreachable: `account#${accountId}#read` };
      };
      world.tryRole = async () => {
        throw new SessionRefusedError('No such role.', 'AccessDenied');
      };
      for (let number = 1; number <= 20; number += 1) await world.receive(resource(number, accountId));
      expect(await world.latest(resource(20, accountId))).toMatchObject({ state: 'held', heldBy: 'account' });
      const looks = world.asked.length;
      for (let minutes = 0; minutes < 30 * 60; minutes += 30) {
        world.clock.advance({ minutes: 30 });
        await world.sweep();
      }
      expect(world.asked).toHaveLength(looks);
      expect(world.reports).toEqual([]);
      expect(world.notices).toHaveLength(heard);
      if (heard > 0) expect(world.notices[0]?.title).toMatch(/cannot be reached: 20 findings wait$/);
      world.tryRole = async () => {};
      world.remediate = async (assignment) => world.play(assignment);
      world.clock.advance({ minutes: 61 });
      await world.sweepOut();
      const { state } = (await world.latest(resource(20, accountId))) ?? {};
      expect(state).toBe(heard > 0 ? 'already-compliant' : 'reported');
    }
  });

  it('is tried at once when a person asks for it', async () => {
    const world = failingWorld();
    const { unreachableAccounts } = world.parts();
    const of = { accountId: accounts.on, role: 'read' } as const;
    await unreachableAccounts.remember(of, { reason: 'No.', errorCode: 'AccessDenied' }, world.clock.now());
    world.remediate = async () => ({ ...denied(), unreachable: `account#${accounts.on}#read` });
    await world.receive();
    world.remediate = async (assignment) => {
      expect(await unreachableAccounts.read(of)).toBeUndefined();
      return world.play(assignment);
    };
    const order = { order: 'retry', finding: testIdentity, occurrence: 1, by: 'somebody' };
    expect(await world.order(order)).toMatchObject({ done: true });
  });
});
