import type { CompiledPolicy } from '../../../../config/compiled';
import { accounts, testIdentity, testPolicy } from '../../../support/findings';
import { World } from '../world';

const everywhere = (flag: 'off' | 'on'): CompiledPolicy => ({
  ...testPolicy,
  default: { flag, source: 'organization.yaml:9', controls: {} },
  accounts: {},
});
const inAccount = (accountId: string) => ({ ...testIdentity, accountId });
const stateOf = async (world: World, accountId: string) => (await world.latest(inAccount(accountId)))?.state;

/** Reported in two accounts while every flag was off; then the flag is on. */
async function switchedOn(): Promise<World> {
  const { world } = World.inMemory();
  world.policy = everywhere('off');
  await world.receive(inAccount(accounts.on));
  await world.receive(inAccount(accounts.off));
  world.policy = everywhere('on');
  world.remediate = async (assignment) => {
    world.open = true;
    return world.play(assignment);
  };
  return world;
}

describe('the policy watch', () => {
  it('does not advance past an account of which nobody tells where it lies; the rest goes on', async () => {
    const world = await switchedOn();
    world.untold = [accounts.off];
    await world.sweepOut();
    expect([await stateOf(world, accounts.on), await stateOf(world, accounts.off)]).toEqual([
      'held',
      'reported',
    ]);
    expect((await world.parts().progress.read())?.done).not.toBe(true);
    world.untold = [];
    await world.sweepOut();
    expect(await stateOf(world, accounts.off)).toBe('fixed');
    expect((await world.parts().progress.read())?.done).toBe(true);
  });

  it('leaves a finding that cannot be understood as it is, says which one it is, and goes on', async () => {
    const { world, tables } = World.inMemory();
    const broken = { finding: 'x', record: 'occurrence#000001', version: 1, state: 'splendid' };
    tables.put(world.tableName, broken);
    await world.sweep();
    expect(await world.parts().progress.read()).toMatchObject({ done: true });
    expect(tables.items(world.tableName)).toContainEqual(broken);
    const said = world.logged.map(({ details }) => String(details.error));
    expect(said).toContainEqual(
      expect.stringContaining('x occurrence#000001 of table ledger cannot be understood at state'),
    );
  });

  it('asks nothing more once it is done, for a day', async () => {
    const world = await switchedOn();
    await world.sweep();
    await world.sweep();
    const progress = await world.parts().progress.read();
    expect(progress).toMatchObject({ done: true });
    world.clock.advance({ minutes: 24 * 60 - 1 });
    await world.sweep();
    expect(await world.parts().progress.read()).toEqual(progress);
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect((await world.parts().progress.read())?.doneAt).toBe(world.clock.now().toISOString());
  });

  it('advances past an account that has left the organization', async () => {
    const world = await switchedOn();
    world.members = [accounts.on];
    await world.sweep();
    expect((await world.parts().progress.read())?.done).toBe(true);
  });

  it('takes up within a day what a pause of a unit holds, once its account lies elsewhere', async () => {
    const { world } = World.inMemory();
    const unit = 'ou-ab12-11111111';
    world.path = [{ id: unit }, { id: 'r-root' }];
    await world.order({
      order: 'pause',
      scope: unit,
      reason: 'x',
      by: 'arn:aws:iam::000000000000:user/anna',
    });
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'held', waitsFor: `stop#${unit}` });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'held' });
    world.path = [{ id: 'r-root' }];
    world.clock.advance({ minutes: 24 * 60 });
    await world.sweep();
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('reads no saved states', async () => {
    const { world, tables } = World.inMemory();
    await world.receive();
    const scanned: string[] = [];
    tables.before = (command, { TableName }) => {
      if (command === 'ScanCommand') scanned.push(TableName);
    };
    await world.sweep();
    expect(tables.items(world.savedTableName).length).toBeGreaterThan(0);
    expect(scanned).toEqual([world.tableName]);
  });
});
