import type { CompiledPolicy } from '../../../../config/compiled';
import { planDigest } from '../../../../core/plan-digest';
import { accounts, testIdentity, testPlan, testPolicy } from '../../../support/findings';
import { World } from '../world';

const protectedUnit = 'ou-abcd-prod0000';
const sandboxUnit = 'ou-abcd-sand0000';
const inUnit = (id: string) => [{ id }, { id: 'r-abcd' }];
const level = (flag: 'off' | 'approval' | 'on', source: string) => ({ flag, source, controls: {} });
/** Everything in one unit is fixed, and in the other protected. */
const byUnit = (flag: 'off' | 'approval' | 'on', more: Partial<CompiledPolicy> = {}): CompiledPolicy => ({
  ...testPolicy,
  accounts: {},
  organizationalUnits: {
    [sandboxUnit]: level('on', 'organization.yaml:20'),
    [protectedUnit]: level(flag, 'organization.yaml:30'),
  },
  ...more,
});

/** An account that was moved into the protected unit, while the kept tree still says where it lay before. */
function movedWorld(policy: CompiledPolicy): World {
  const { world } = World.inMemory();
  world.policy = policy;
  world.path = inUnit(sandboxUnit);
  world.freshPath = inUnit(protectedUnit);
  return world;
}
const counted = async (world: World) =>
  20 -
  (await world.parts().fixLimits.free({ kind: 'account', accountId: accounts.on }, 20, world.clock.now()));

describe('right before the first write the parent of the account is asked anew: moved into a protected unit,', () => {
  it.each([
    ['off', 'reported'],
    ['approval', 'waiting'],
  ] as const)('where the flag is %s, it is %s', async (flag, state) => {
    const world = movedWorld(byUnit(flag));
    await world.receive();
    expect([world.open, world.modes]).toEqual([true, ['plan', 'plan']]);
    expect(await world.latest()).toMatchObject({
      state,
      flag,
      decidedBy: expect.stringContaining('organization.yaml:30'),
    });
    expect(world.reports).toMatchObject([{ state, flag }]);
    expect(await counted(world)).toBe(0);
  });

  it('where an exemption holds, it is exempt', async () => {
    const until = '2026-12-10T00:00:00.000Z';
    const exemption = {
      control: testIdentity.control,
      organizationalUnit: protectedUnit,
      resource: 'sg-*',
      reason: 'A honeypot',
      owner: 'research',
      expires: until,
      until,
      source: 'organization.yaml:40',
    };
    const world = movedWorld(byUnit('on', { exemptions: [exemption] }));
    await world.receive();
    expect([world.open, await counted(world)]).toEqual([true, 0]);
    expect(await world.latest()).toMatchObject({ state: 'exempt', lookAgainAt: until });
  });

  it('where a freeze holds, it is held', async () => {
    const freeze = {
      id: '0123456789abcdef',
      from: '2026-11-23T09:00:00.000Z',
      to: '2026-11-23T12:00:00.000Z',
      fromSaid: '09:00',
      toSaid: '12:00',
      reason: 'Release',
      organizationalUnits: [protectedUnit],
      accounts: [],
      source: 'organization.yaml:50',
    };
    const world = movedWorld(byUnit('on', { freezes: [freeze] }));
    await world.receive();
    expect([world.open, await counted(world)]).toEqual([true, 0]);
    expect(await world.latest()).toMatchObject({ state: 'held', heldBy: 'freeze' });
  });

  it('where that unit is paused, it is held', async () => {
    const world = movedWorld(byUnit('on'));
    const by = 'arn:aws:iam::111111111111:user/ada';
    await world.order({ order: 'pause', scope: protectedUnit, reason: 'Release', by });
    await world.receive();
    expect([world.open, await counted(world)]).toEqual([true, 0]);
    expect(await world.latest()).toMatchObject({ state: 'held', waitsFor: `stop#${protectedUnit}` });
  });

  it('and fixed where that unit allows it: by the new place, and read anew', async () => {
    const world = movedWorld(byUnit('on'));
    await world.receive();
    expect(world.modes).toEqual(['plan', 'plan', 'apply']);
    expect(world.applies[0]?.place).toEqual([accounts.on, protectedUnit, 'r-abcd']);
    expect([world.open, await counted(world)]).toEqual([false, 1]);
  });

  it('an approval is not enough: where the flag is off by then, it is left alone', async () => {
    const { world } = World.inMemory();
    world.policy = byUnit('off', {
      organizationalUnits: {
        [sandboxUnit]: level('approval', 'organization.yaml:20'),
        [protectedUnit]: level('off', 'organization.yaml:30'),
      },
    });
    world.path = inUnit(sandboxUnit);
    await world.receive();
    world.freshPath = inUnit(protectedUnit);
    const by = 'arn:aws:iam::111111111111:user/ada';
    const plan = planDigest(testPlan);
    await world.order({ order: 'approve', finding: testIdentity, occurrence: 1, plan, by });
    expect(world.open).toBe(true);
    const record = await world.latest();
    expect(record).toMatchObject({ state: 'reported' });
    expect(record).not.toHaveProperty('decision');
  });
});

describe('right before the first write', () => {
  it('nothing is written when nobody tells where the account lies, and it is tried again in a minute', async () => {
    const { world } = World.inMemory();
    world.remediate = async (assignment) => {
      if (world.modes.length === 1) world.untold = [accounts.on];
      return world.play(assignment);
    };
    await world.receive();
    expect(world.modes).not.toContain('apply');
    expect(await world.latest()).toMatchObject({
      state: 'held',
      lookAgainAt: '2026-11-23T10:01:00.000Z',
      reason: expect.stringContaining('does not tell where'),
    });
    expect(world.reports).toEqual([]);
    expect(await counted(world)).toBe(0);
    world.untold = [];
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('a policy that says something else each time comes to a failure, and no write', async () => {
    const { world } = World.inMemory();
    world.policy = byUnit('on');
    let moves = 0;
    const parts = world.parts.bind(world);
    world.parts = (documents) => {
      const made = parts(documents);
      const freshPlace = async (accountId: string) => {
        moves += 1;
        return { accountId, path: inUnit(moves % 2 === 1 ? protectedUnit : sandboxUnit) };
      };
      return { ...made, organization: { place: made.organization.place, freshPlace } };
    };
    world.path = inUnit(sandboxUnit);
    await world.receive();
    expect(moves).toBe(3);
    expect([world.open, world.modes.includes('apply'), await counted(world)]).toEqual([true, false, 0]);
    expect(await world.latest()).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('kept changing'),
    });
  });

  it('is where it is asked, and not before each further one of the same attempt', async () => {
    const { world } = World.inMemory();
    let asked = 0;
    const parts = world.parts.bind(world);
    world.parts = (documents) => {
      const made = parts(documents);
      const { organization } = made;
      const freshPlace = (accountId: string) => {
        asked += 1;
        return organization.freshPlace(accountId);
      };
      return { ...made, organization: { ...organization, freshPlace } };
    };
    world.policy = { ...testPolicy, accounts: {} };
    await world.receive();
    expect(asked).toBe(0);
    world.policy = testPolicy;
    await world.receive();
    await world.sweepOut();
    expect([world.open, asked]).toEqual([false, 1]);
  });
});
