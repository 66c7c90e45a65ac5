import type { CompiledPolicy } from '../../../../config/compiled';
import { heldByOf } from '../../../../ledger/findings/record-parts';
import { accounts, testPolicy } from '../../../support/findings';
import { World } from '../world';

const policyOf = (account: number, freezes: CompiledPolicy['freezes'] = []): CompiledPolicy => ({
  ...testPolicy,
  freezes,
  limits: { ...testPolicy.limits, fixesPerHour: { account, organization: 100 } },
});
const freeze: CompiledPolicy['freezes'][number] = {
  id: '0123456789abcdef',
  from: '2026-11-23T09:00:00.000Z',
  to: '2026-11-23T12:00:00.000Z',
  fromSaid: '2026-11-23 09:00',
  toSaid: '2026-11-23 12:00',
  reason: 'A release.',
  organizationalUnits: [],
  accounts: [],
  source: 'organization.yaml:50',
};
const order = (world: World, name: string, more: object = {}) =>
  world.order({ order: name, scope: 'organization', by: 'ada', ...more });
const usedUp = async (world: World): Promise<number> => {
  const scope = { kind: 'account', accountId: accounts.on } as const;
  return 50 - (await world.parts().fixLimits.free(scope, 50, world.clock.now()));
};

/** A world in which the resource was fixed twice within the day, and is dangerous again. */
async function reopenedWorld(): Promise<World> {
  const { world } = World.inMemory();
  for (const _ of [1, 2]) {
    world.open = true;
    await world.receive();
  }
  world.open = true;
  return world;
}
const heldBy = async (world: World) => {
  await world.receive();
  const record = await world.latest();
  return record && heldByOf(record);
};

describe('a fix that several things hold', () => {
  it('is held by the first of the switch, a freeze, names, a growing pause and a limit', async () => {
    const world = await reopenedWorld();
    world.policy = policyOf(2, [freeze]);
    world.missing = [{ key: '/Prd', source: 'organization.yaml:9' }];
    await order(world, 'pause', { reason: 'An incident' });
    expect(await heldBy(world)).toBe('stop');
    await order(world, 'resume');
    expect(await heldBy(world)).toBe('freeze');
    world.policy = policyOf(2);
    expect(await heldBy(world)).toBe('names');
    world.missing = [];
    expect(await heldBy(world)).toBe('conflict');
    world.clock.advance({ minutes: 2 });
    expect(await heldBy(world)).toBe('limit');
    world.clock.advance({ minutes: 60 });
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('takes nothing out of the limits while it waits for its pause', async () => {
    const world = await reopenedWorld();
    for (const _ of [1, 2, 3]) expect(await heldBy(world)).toBe('conflict');
    expect(await usedUp(world)).toBe(2);
  });

  it('is held while the role that fixes could not be assumed lately, and takes nothing out of the limits', async () => {
    const { world } = World.inMemory();
    const { unreachableAccounts } = world.parts();
    const of = { accountId: accounts.on, role: 'remediation' } as const;
    const refusal = { reason: 'There is no such role.', errorCode: 'AccessDenied' };
    await unreachableAccounts.remember(of, refusal, world.clock.now());
    await world.receive();
    expect(world.modes).toEqual(['plan']);
    expect(await world.latest()).toMatchObject({
      state: 'held',
      heldBy: 'account',
      waitsFor: `account#${accounts.on}#remediation`,
      ...refusal,
    });
    expect(await usedUp(world)).toBe(0);
  });
});
