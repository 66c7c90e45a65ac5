import type { CompiledPolicy } from '../../../../config/compiled';
import type { Answer } from '../../../../hub-functions/coordinator/member/remediation-result';
import { failedResult } from '../../../../hub-functions/coordinator/member/remediation-result';
import { accounts, answer, testIdentity, testPolicy } from '../../../support/findings';
import { seeded } from '../../../support/seeded';
import { World } from '../world';

const everywhere: CompiledPolicy = {
  ...testPolicy,
  default: { flag: 'on', source: 'organization.yaml:9', controls: {} },
  accounts: {},
};
const limited = (account: number, organization: number, failuresPerHour = 10): CompiledPolicy => ({
  ...everywhere,
  limits: { fixesPerHour: { account, organization }, failuresPerHour, openFindings: 500, concurrency: 50 },
});
const resource = (number: number, accountId = accounts.on) => ({
  ...testIdentity,
  accountId,
  resourceId: `sg-${String(number).padStart(17, '0')}`,
});
/** How many attempts the limits count now: of the account, of the organization, and its failures. */
async function counted(world: World): Promise<number[]> {
  const { fixLimits } = world.parts();
  const scopes = [
    { kind: 'account', accountId: accounts.on },
    { kind: 'organization' },
    { kind: 'failures', accountId: accounts.on },
  ] as const;
  return Promise.all(scopes.map(async (scope) => 50 - (await fixLimits.free(scope, 50, world.clock.now()))));
}
/** What the remediation function would really do. */
const playedLast = (world: World): Answer => {
  const last = world.asked.at(-1);
  if (!last) throw new Error('Nothing was asked.');
  return world.play(last);
};
const applying = (world: World, answerTo: (world: World) => Answer) => {
  world.remediate = async (assignment) =>
    assignment.mode === 'apply' ? answerTo(world) : world.play(assignment);
};

describe("a slot of the limits is given back, and the failure counted in the account's budget,", () => {
  it.each([
    ['the session is refused', failedResult('The role cannot be assumed.', 'AccessDenied'), 1],
    ['AWS denies the first write', answer('failed', { reason: 'No.', errorCode: 'AccessDenied' }), 1],
    ['the fix is refused', answer('refused', { reason: 'It cannot be done.' }), 1],
    ['the digest is another one by then', answer('changed', { reason: 'It is another one.' }), 0],
    ['the stop switch was turned meanwhile', answer('stopped', { reason: 'Paused.' }), 0],
    ['it complies by then', answer('already-compliant'), 0],
    ['the resource is gone by then', answer('gone'), 0],
    ['only a lossy plan would do', answer('planned'), 0],
  ])('when %s', async (_what, told, failures) => {
    const { world } = World.inMemory();
    applying(world, () => told);
    await world.receive();
    expect(world.applies).toHaveLength(1);
    expect(await counted(world)).toEqual([0, 0, failures]);
    // Nor does it count for the growing pauses.
    const record = await world.latest();
    expect(record?.writes ?? []).toEqual([]);
  });

  it('when what is there could not be saved', async () => {
    const { world, tables } = World.inMemory();
    tables.before = (_command, { TransactItems = [] }) => {
      if (TransactItems.some(({ Put: put }) => put?.TableName === world.savedTableName)) {
        throw new Error('No room.');
      }
    };
    await world.receive();
    expect(world.modes).toEqual(['plan']);
    expect(await world.latest()).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('nothing was changed'),
    });
    expect(await counted(world)).toEqual([0, 0, 1]);
  });

  it('when the account has left the organization by then', async () => {
    const { world } = World.inMemory();
    world.remediate = async (assignment) => {
      world.members = [];
      return world.play(assignment);
    };
    await world.receive().catch(() => undefined);
    expect(world.modes).toEqual(['plan']);
    expect(await counted(world)).toEqual([0, 0, 0]);
  });

  it('when another worker has the finding by then', async () => {
    const { world } = World.inMemory();
    let slept = false;
    world.remediate = async (assignment) => {
      const result = world.play(assignment);
      if (!slept) {
        slept = true;
        world.clock.advance({ minutes: 10 });
        await world.sweep();
      }
      return result;
    };
    await world.receive();
    expect(world.applies).toHaveLength(1);
    expect(await counted(world)).toEqual([1, 1, 0]);
  });
});

describe('a slot of the limits stays taken', () => {
  it.each([
    ['was fixed', playedLast],
    ['was changed half-way', () => answer('failed', { applied: 1, reason: 'Half.' })],
    ['may have been changed by a write without an answer', () => answer('failed', { mayHaveWritten: true })],
    [
      'may have been changed by a function without an answer',
      () => ({ ...failedResult('No answer came.'), unconfirmed: true as const }),
    ],
  ])('when something %s', async (_what, told) => {
    const { world } = World.inMemory();
    applying(world, told);
    await world.receive();
    expect(await counted(world)).toEqual([1, 1, 0]);
    expect((await world.latest())?.writes).toEqual(['2026-11-23T10:00:00.000Z']);
  });

  it('for each attempt that wrote, also of the same finding', async () => {
    const { world } = World.inMemory();
    applying(world, () => answer('failed', { applied: 1, reason: 'Half.' }));
    await world.receive();
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(await counted(world)).toEqual([2, 2, 0]);
  });
});

describe("an account's budget of failures", () => {
  const denied = () => failedResult('An SCP denies it.', 'AccessDenied');

  it('once it is used up, has what is found there wait, told once an hour, and the rest goes on', async () => {
    const { world } = World.inMemory();
    world.policy = limited(5, 6, 3);
    world.remediate = async (assignment) =>
      assignment.mode === 'apply' && assignment.identity.accountId === accounts.on
        ? denied()
        : world.play(assignment);
    for (const number of [1, 2, 3, 4, 5]) await world.receive(resource(number));
    expect(world.applies).toHaveLength(3);
    for (const number of [4, 5]) {
      expect(await world.latest(resource(number))).toMatchObject({
        state: 'held',
        heldBy: 'limit',
        waitsFor: `limit#failures#${accounts.on}`,
        reason: expect.stringContaining('3 fixes in account 222222222222 failed within an hour'),
      });
    }
    expect(world.notices).toMatchObject([{ title: `Fixes keep failing in account ${accounts.on}` }]);
    await world.receive(resource(6, accounts.off));
    expect(await world.latest(resource(6, accounts.off))).toMatchObject({ state: 'fixed' });
  });

  it('frees what waits after an hour', async () => {
    const { world } = World.inMemory();
    world.policy = limited(5, 6, 1);
    applying(world, denied);
    await world.receive(resource(1));
    await world.receive(resource(2));
    world.remediate = async (assignment) => world.play(assignment);
    world.clock.advance({ minutes: 59 });
    await world.sweep();
    expect((await world.latest(resource(2)))?.state).toBe('held');
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect((await world.latest(resource(2)))?.state).toBe('fixed');
  });

  it('keeps five accounts whose every fix is denied for three hours from delaying the others', async () => {
    const unlucky = [1, 2, 3, 4, 5].map((number) => String(number).repeat(12));
    const lucky = ['777777777777', '888888888888'];
    const hours = 3;
    const run = async (among: string[]) => {
      const { world } = World.inMemory();
      // What fifty failures an hour would use up.
      world.policy = limited(20, 40);
      world.members = [...unlucky, ...lucky];
      world.remediate = async (assignment) => {
        if (unlucky.includes(assignment.identity.accountId) && assignment.mode === 'apply') return denied();
        world.open = true;
        return world.play(assignment);
      };
      const fixedAt: Record<string, string> = {};
      for (let minute = 0, found = 0; minute < hours * 60; minute += 1) {
        if (minute % 20 === 0) {
          for (const accountId of among)
            for (let each = 0; each < 3; each += 1) await world.receive(resource(++found, accountId));
          for (const accountId of lucky) await world.receive(resource(minute, accountId));
        }
        await world.sweep();
        world.clock.advance({ minutes: 1 });
      }
      for (const accountId of lucky) {
        for (let minute = 0; minute < hours * 60; minute += 20) {
          const { state, at = '' } = (await world.latest(resource(minute, accountId))) ?? {};
          fixedAt[`${accountId} ${minute}`] = `${state} ${at}`;
        }
      }
      return { fixedAt, world };
    };
    const alone = await run([]);
    const together = await run(unlucky);
    expect(Object.values(alone.fixedAt).every((how) => how.startsWith('fixed'))).toBe(true);
    expect(together.fixedAt).toEqual(alone.fixedAt);
    // Ten failures an hour in each account.
    const { applies } = together.world;
    for (const accountId of unlucky) {
      const failed = applies.filter(({ identity }) => identity.accountId === accountId).length;
      // A sweep works on four at once: so many may be under way when the budget is used up.
      expect(failed).toBeLessThanOrEqual((10 + 3) * hours);
      expect(failed).toBeGreaterThan(10);
    }
  }, 60_000);
});

describe('thirty coordinators that contend for the same count', () => {
  const contending = async (random: () => number) => {
    const { world } = World.inMemory();
    world.policy = limited(40, 40);
    world.random = random;
    world.remediate = async (assignment) => {
      world.open = true;
      return world.play(assignment);
    };
    const all = Array.from({ length: 30 }, (_, index) => resource(index + 1));
    await Promise.all(all.map((each) => world.receive(each)));
    const records = await Promise.all(all.map((each) => world.latest(each)));
    return { world, all, records };
  };

  it('with pauses of random length all make their fixes, and leave none to its lease', async () => {
    const { records } = await contending(seeded(20_261_123));
    expect(records.filter((record) => record?.state === 'fixed')).toHaveLength(30);
    expect(records.filter((record) => record?.lease)).toEqual([]);
  });

  it('in lockstep leave no finding to its lease: what stays contended is held for a minute', async () => {
    const { world, all, records } = await contending(() => 0.999);
    const held = records.filter((record) => record?.state === 'held');
    expect(held.length).toBeGreaterThan(0);
    for (const record of held) {
      expect(record).toMatchObject({ heldBy: 'limit', lookAgainAt: '2026-11-23T10:01:00.000Z' });
      expect(record?.reason).toContain('kept changing the count');
    }
    expect(records.every((record) => record?.state === 'fixed' || record?.state === 'held')).toBe(true);
    expect(records.filter((record) => record?.lease)).toEqual([]);
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    const later = await Promise.all(all.map((each) => world.latest(each)));
    expect(later.every((record) => record?.state === 'fixed')).toBe(true);
  });
});
