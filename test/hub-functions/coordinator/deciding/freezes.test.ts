import type { CompiledPolicy, Freeze } from '../../../../config/compiled';
import { utc } from '../../../../core/utc';
import { accounts, testIdentity, testPolicy } from '../../../support/findings';
import { World } from '../world';

const by = 'arn:aws:iam::111111111111:user/ada';
const resource = (number: number, accountId = accounts.on) => ({
  ...testIdentity,
  accountId,
  resourceId: `sg-${String(number).padStart(17, '0')}`,
});
const freeze = (more: Partial<Freeze> = {}): Freeze => ({
  id: '0123456789abcdef',
  from: '2026-11-23T09:00:00.000Z',
  to: '2026-11-23T12:00:00.000Z',
  fromSaid: '2026-11-23 09:00',
  toSaid: '2026-11-23 12:00',
  reason: 'The release of the year.',
  organizationalUnits: [],
  accounts: [],
  source: 'organization.yaml:50',
  ...more,
});
const frozen = (...freezes: Freeze[]): CompiledPolicy => ({
  ...testPolicy,
  default: { flag: 'on', source: 'organization.yaml:9', controls: {} },
  accounts: {},
  freezes,
});
function frozenWorld(...freezes: Freeze[]): World {
  const { world } = World.inMemory();
  world.policy = frozen(...freezes);
  return world;
}

describe('a freeze of the policy', () => {
  it('holds what is found, and is told once for all of it, with each finding once', async () => {
    const world = frozenWorld(freeze());
    for (const number of [1, 2, 3]) await world.receive(resource(number));
    expect(world.modes).toEqual(['plan', 'plan', 'plan']);
    expect(await world.latest(resource(1))).toMatchObject({
      state: 'held',
      heldBy: 'freeze',
      waitsFor: 'freeze#0123456789abcdef',
      reason: expect.stringContaining('until 2026-11-23 12:00 UTC (organization.yaml:50): The release'),
    });
    expect(world.reports.map(({ state }) => state)).toEqual(['held', 'held', 'held']);
    expect(world.notices).toMatchObject([
      {
        title: 'A freeze of the policy holds fixes',
        text: expect.stringContaining('The release of the year. Findings are kept, and go on by themselves'),
      },
    ]);
  });

  it('lets go by itself at its end, and not before; nothing is looked at meanwhile', async () => {
    const world = frozenWorld(freeze());
    await world.receive();
    world.clock.advance({ minutes: 119, seconds: 59 });
    await world.sweep();
    expect(world.modes).toEqual(['plan']);
    world.clock.advance({ seconds: 1 });
    await world.sweep();
    expect(world.modes).toEqual(['plan', 'plan', 'apply']);
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('lets go when it is taken out of the policy', async () => {
    const world = frozenWorld(freeze());
    await world.receive();
    world.policy = frozen();
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('that begins later lets fixes be made until then: the function is told from when on not to write', async () => {
    const ahead = freeze({ from: '2026-11-23T10:30:00.000Z' });
    const world = frozenWorld(ahead, freeze({ id: 'fedcba9876543210', from: '2026-11-23T11:00:00.000Z' }));
    await world.receive();
    expect(world.applies).toMatchObject([{ writeBefore: '2026-11-23T10:30:00.000Z' }]);
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
    const free = frozenWorld();
    await free.receive();
    expect(free.applies[0]).not.toHaveProperty('writeBefore');
  });

  it('that follows another one goes on holding, under its own name', async () => {
    const next = freeze({
      id: 'fedcba9876543210',
      from: '2026-11-23T12:00:00.000Z',
      to: '2026-11-23T14:00:00.000Z',
    });
    const world = frozenWorld(freeze(), next);
    await world.receive();
    world.clock.advance({ minutes: 120 });
    await world.sweep();
    expect(world.modes).toEqual(['plan']);
    expect(await world.latest()).toMatchObject({ state: 'held', waitsFor: 'freeze#fedcba9876543210' });
    world.clock.advance({ minutes: 120 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
    expect(world.notices).toHaveLength(2);
  });

  it('holds in its unit alone', async () => {
    const world = frozenWorld(freeze({ organizationalUnits: ['ou-abcd-11111111'] }));
    await world.receive(resource(1));
    expect((await world.latest(resource(1)))?.state).toBe('fixed');
    world.path = [{ id: 'ou-abcd-11111111' }, { id: 'r-abcd' }];
    world.open = true;
    await world.receive(resource(2));
    expect((await world.latest(resource(2)))?.state).toBe('held');
  });

  it('keeps no fix from being undone, and nothing from being told', async () => {
    const world = frozenWorld();
    await world.receive();
    world.policy = frozen(freeze());
    const until = '2026-12-23T10:00:00.000Z';
    const order = {
      order: 'undo',
      finding: testIdentity,
      occurrence: 1,
      reason: 'Ours',
      until,
      by,
    };
    expect(await world.order(order)).toMatchObject({ done: true });
    world.policy = {
      ...frozen(freeze()),
      default: { flag: 'off', source: 'organization.yaml:9', controls: {} },
    };
    await world.receive(resource(2));
    expect((await world.latest(resource(2)))?.state).toBe('reported');
  });
});

describe('a pause with an end', () => {
  const until = '2026-11-23T12:00:00.000Z';
  const pause = (world: World, scope: string, end?: string) =>
    world.order({
      order: 'pause',
      scope,
      reason: 'Release',
      by,
      ...(end !== undefined && { until: end }),
    });
  const resume = (world: World, scope: string) => world.order({ order: 'resume', scope, by });

  it('holds until then, lets go by itself, and the channel is told of the end once', async () => {
    const { world } = World.inMemory();
    await pause(world, 'organization', until);
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'held', waitsFor: 'stop#organization' });
    world.clock.advance({ minutes: 119, seconds: 59 });
    await world.sweep();
    expect(world.modes).toEqual(['plan']);
    world.clock.advance({ seconds: 1 });
    await world.sweep();
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
    expect(world.notices.map(({ title }) => title)).toEqual([
      'Paused: the whole organization',
      `Resumed: the whole organization (the pause until ${utc(until)} is over)`,
    ]);
  });

  it('behind which a wider or a narrower one lasts goes on holding, by that one', async () => {
    const { world } = World.inMemory();
    await pause(world, 'organization', until);
    await pause(world, accounts.on);
    await world.receive();
    expect(await world.latest()).toMatchObject({ waitsFor: 'stop#organization' });
    world.clock.advance({ minutes: 120 });
    await world.sweep();
    expect(world.modes).toEqual(['plan']);
    expect(await world.latest()).toMatchObject({ state: 'held', waitsFor: `stop#${accounts.on}` });
    expect((await resume(world, accounts.on)).text).toContain('1 held finding');
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('is read by the function before each write too: one that stopped half-way is held, and completed later', async () => {
    const { world } = World.inMemory();
    await pause(world, accounts.off, until);
    world.remediate = async (assignment) =>
      assignment.mode === 'apply'
        ? {
            ...world.play(assignment),
            outcome: 'stopped',
            reason: 'Paused.',
            step: { made: [], unsure: true },
          }
        : world.play(assignment);
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'held', heldBy: 'stop', fixBegun: true });
    world.remediate = async (assignment) => world.play(assignment);
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(world.applies[1]).toMatchObject({ unfinished: [expect.anything()] });
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });
});
