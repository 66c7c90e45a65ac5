import type { CompiledPolicy } from '../../../../config/compiled';
import { accounts, answer, testIdentity, testPolicy } from '../../../support/findings';
import type { MemoryTables } from '../../../support/memory-documents';
import { World } from '../world';

const by = 'arn:aws:iam::111111111111:user/ada';
const everywhere: CompiledPolicy = {
  ...testPolicy,
  default: { flag: 'on', source: 'organization.yaml:9', controls: {} },
  accounts: {},
};
const limited: CompiledPolicy = {
  ...everywhere,
  limits: {
    fixesPerHour: { account: 1, organization: 3 },
    failuresPerHour: 10,
    openFindings: 500,
    concurrency: 50,
  },
};
const resource = (number: number, accountId = accounts.on) => ({
  ...testIdentity,
  accountId,
  resourceId: `sg-${String(number).padStart(17, '0')}`,
});
const pause = (world: World, scope = 'organization') =>
  world.order({ order: 'pause', scope, reason: 'An incident', by });
const resume = (world: World, scope = 'organization') => world.order({ order: 'resume', scope, by });
const scopes = async (world: World) =>
  (await world.parts().waitingScopes.list()).map(({ waitsFor }) => waitsFor).sort();
async function receive(world: World, number: number, accountId?: string): Promise<void> {
  world.open = true;
  await world.receive(resource(number, accountId));
}
const stateOf = async (world: World, number: number, accountId?: string) =>
  (await world.latest(resource(number, accountId)))?.state;

function newWorld(policy: CompiledPolicy): { world: World; tables: MemoryTables } {
  const made = World.inMemory();
  made.world.policy = policy;
  return made;
}

describe('what is held', () => {
  it('costs no look and no read of a finding while what it is held for lasts', async () => {
    const { world, tables } = newWorld(everywhere);
    await pause(world);
    for (let number = 1; number <= 20; number += 1) await receive(world, number);
    world.asked.length = 0;
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    let reads = 0;
    tables.before = (command, { Key }) => {
      if (command === 'GetCommand' && String(Key?.record).startsWith('occurrence#')) reads += 1;
    };
    world.clock.advance({ minutes: 60 });
    await world.sweep();
    expect([world.asked.length, reads]).toEqual([0, 0]);
  });

  it('rests without a time, and is woken in the turn after a resume', async () => {
    const { world } = newWorld(everywhere);
    await pause(world);
    await receive(world, 1);
    const held = await world.latest(resource(1));
    expect(held).toMatchObject({ sweep: 'waits#stop#organization', waitsFor: 'stop#organization' });
    expect(held).not.toHaveProperty('lookAgainAt');
    await resume(world);
    await world.sweep();
    expect(await stateOf(world, 1)).toBe('fixed');
  });

  it('for a limit is woken one by one, as the limit frees', async () => {
    const { world } = newWorld(limited);
    await receive(world, 1);
    world.clock.advance({ minutes: 10 });
    for (const number of [2, 3]) await receive(world, number);
    expect(await Promise.all([2, 3].map((number) => stateOf(world, number)))).toEqual(['held', 'held']);
    world.asked.length = 0;
    world.clock.advance({ minutes: 50 });
    await world.sweep();
    expect(world.asked.map(({ mode }) => mode)).toEqual(['plan', 'apply']);
    expect([await stateOf(world, 2), await stateOf(world, 3)]).toEqual(['fixed', 'held']);
  });

  it('for one limit goes on to be held for the other, without a look', async () => {
    const { world } = newWorld({
      ...limited,
      limits: {
        fixesPerHour: { account: 2, organization: 3 },
        failuresPerHour: 10,
        openFindings: 500,
        concurrency: 50,
      },
    });
    await receive(world, 1);
    world.clock.advance({ minutes: 30 });
    for (const number of [2, 3]) await receive(world, number);
    expect(await world.latest(resource(3))).toMatchObject({ waitsFor: `limit#account#${accounts.on}` });
    await receive(world, 4, accounts.off);
    world.asked.length = 0;
    // The account has room again, and the organization has not.
    world.clock.advance({ minutes: 29 });
    world.members = [...world.members, '555555555555'];
    await receive(world, 5, '555555555555');
    world.clock.advance({ minutes: 1 });
    world.policy = {
      ...world.policy,
      limits: { ...world.policy.limits, fixesPerHour: { account: 2, organization: 2 } },
    };
    world.asked.length = 0;
    await world.sweep();
    expect(await world.latest(resource(3))).toMatchObject({ state: 'held', waitsFor: 'limit#organization' });
    expect(world.asked.filter(({ identity }) => identity.resourceId === resource(3).resourceId)).toEqual([]);
  });

  it('for names and for a pause that are over while another pause lasts waits for that one', async () => {
    const { world } = newWorld(everywhere);
    world.missing = [{ key: '/Workloads/Prod', source: 'organization.yaml:31' }];
    await receive(world, 1);
    expect(await world.latest(resource(1))).toMatchObject({ waitsFor: 'names' });
    await pause(world, accounts.on);
    world.missing = [];
    await world.sweep();
    expect(await world.latest(resource(1))).toMatchObject({
      heldBy: 'stop',
      waitsFor: `stop#${accounts.on}`,
    });
    await resume(world, accounts.on);
    await world.sweep();
    expect(await stateOf(world, 1)).toBe('fixed');
  });

  it('is looked at all the same when a message comes, and held again', async () => {
    const { world } = newWorld(everywhere);
    await pause(world);
    await receive(world, 1);
    world.open = false;
    await world.receive(resource(1));
    expect(await stateOf(world, 1)).toBe('already-compliant');
  });

  it('for what a newer version named is asked for itself', async () => {
    const { world, tables } = newWorld(everywhere);
    await pause(world);
    await receive(world, 1);
    const item = tables.items(world.tableName).find(({ waitsFor }) => waitsFor !== undefined);
    await resume(world);
    tables.put(world.tableName, { ...item, waitsFor: 'moon#full', sweep: 'waits#moon#full' });
    await world.parts().waitingScopes.note('moon#full', world.clock.now());
    await world.sweep();
    expect(await stateOf(world, 1)).toBe('fixed');
  });
});

describe('what findings wait for', () => {
  it('is forgotten once nothing waits for it, and not before that has settled', async () => {
    const { world } = newWorld(everywhere);
    await pause(world);
    await receive(world, 1);
    await resume(world);
    await world.sweep();
    await world.sweep();
    expect(await scopes(world)).toEqual(['stop#organization']);
    // The index may be behind: an empty partition is not believed at once.
    world.clock.advance({ minutes: 4, seconds: 59 });
    await world.sweep();
    expect(await scopes(world)).toEqual(['stop#organization']);
    world.clock.advance({ seconds: 2 });
    await world.sweep();
    expect(await scopes(world)).toEqual([]);
  });

  it('is not forgotten while it lasts, nor while something waits', async () => {
    const { world } = newWorld(everywhere);
    await pause(world);
    await receive(world, 1);
    world.clock.advance({ minutes: 60 });
    await world.sweep();
    expect(await scopes(world)).toEqual(['stop#organization']);
  });

  it('and cannot be read does not keep the rest from being woken', async () => {
    const { world, tables } = newWorld(limited);
    await receive(world, 1);
    await receive(world, 2);
    await pause(world, accounts.off);
    await receive(world, 3, accounts.off);
    expect(await scopes(world)).toEqual([`limit#account#${accounts.on}`, `stop#${accounts.off}`]);
    tables.put(world.tableName, { finding: 'fix-limit', record: accounts.on, version: 9, fixes: '{"x":7}' });
    await resume(world, accounts.off);
    await world.sweep();
    expect(await stateOf(world, 3, accounts.off)).toBe('fixed');
    expect(world.logged.map(({ message }) => message)).toContain(
      'What is held could not be woken; the next sweep goes on',
    );
  });

  it('is not told by AWS Organizations: what waits for a pause is woken all the same', async () => {
    const { world } = newWorld(everywhere);
    world.missing = [{ key: '/Workloads/Prod', source: 'organization.yaml:31' }];
    await receive(world, 1);
    world.missing = [];
    await pause(world);
    await receive(world, 2);
    await resume(world);
    // The notices ask first, then the waking; the gate is told later.
    world.failingNameReads = 2;
    await world.sweep();
    expect(await stateOf(world, 2)).toBe('fixed');
  });
});

describe('what is held is woken also where', () => {
  it('its report reached the bus only after what it was held for was over', async () => {
    const { world } = newWorld(everywhere);
    world.busDown = true;
    world.remediate = async () => answer('failed', { reason: 'Throttled' });
    await receive(world, 1);
    world.remediate = async (assignment) => world.play(assignment);
    await pause(world);
    world.clock.advance({ minutes: 2 });
    await world.sweep();
    expect(await world.latest(resource(1))).toMatchObject({ state: 'held', sweep: 'report' });
    world.clock.advance({ minutes: 6 });
    await resume(world);
    await world.sweep();
    world.busDown = false;
    for (let turn = 1; turn <= 5; turn += 1) {
      world.clock.advance({ minutes: 3 });
      await world.sweep();
    }
    expect(await stateOf(world, 1)).toBe('fixed');
  });

  it('an undo that came to nothing had it while what it was held for ended', async () => {
    const { world } = newWorld(everywhere);
    await receive(world, 1);
    const undo = () =>
      world.order({
        order: 'undo',
        finding: resource(1),
        occurrence: 1,
        reason: 'Ours',
        until: new Date(world.clock.now().getTime() + 3_600_000).toISOString(),
        by,
      });
    expect(await undo()).toMatchObject({ done: true });
    await pause(world);
    world.clock.advance({ minutes: 61 });
    await world.sweep();
    expect(await stateOf(world, 1)).toBe('held');
    world.clock.advance({ minutes: 10 });
    world.remediate = async (assignment) => {
      if (assignment.mode !== 'undo') return world.play(assignment);
      await resume(world);
      await world.sweep();
      return answer('refused', { reason: 'It cannot be exact.' });
    };
    expect(await undo()).toMatchObject({ done: false });
    for (let turn = 1; turn <= 5; turn += 1) {
      world.clock.advance({ minutes: 3 });
      await world.sweep();
    }
    expect(await stateOf(world, 1)).toBe('fixed');
  });
});
