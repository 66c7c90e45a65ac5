import { noNames, type PlaceNames } from '../../../../ledger/place-names';
import { accounts } from '../../../support/findings';
import { World } from '../world';

const by = 'arn:aws:iam::111111111111:user/ada';
const names: PlaceNames = {
  account: (id) => (id === accounts.on ? 'payments-prod' : undefined),
  unitOf: (id) => (id === accounts.on ? '/Workloads/Prod' : undefined),
  unit: () => undefined,
};

describe('what the coordinator tells', () => {
  it('names the account of a finding and its unit', async () => {
    const { world } = World.inMemory();
    world.names = async () => names;
    await world.receive();
    expect(world.reports).toMatchObject([{ accountName: 'payments-prod', unit: '/Workloads/Prod' }]);
  });

  it('names what the line of the policy that decided means', async () => {
    const { world } = World.inMemory();
    world.names = async () => names;
    await world.receive();
    expect(world.reports[0]?.decidedBy).toBe(`account payments-prod (${accounts.on}) (organization.yaml:12)`);
    expect((await world.latest())?.decidedBy).toBe(`account ${accounts.on} (organization.yaml:12)`);
  });

  it('says the same however often and however late a report is sent', async () => {
    const { world } = World.inMemory();
    world.names = async () => names;
    world.busDown = true;
    await world.receive();
    await world.order({ order: 'pause', scope: accounts.on, reason: 'An incident', by });
    world.busDown = false;
    world.names = async () => noNames;
    world.clock.advance({ minutes: 1 });
    await world.sweep();
    expect(world.reports).toMatchObject([{ accountName: 'payments-prod', unit: '/Workloads/Prod' }]);
    expect(world.notices[0]?.text).toContain(`payments-prod (${accounts.on})`);
  });

  it('names the accounts that a notice mentions', async () => {
    const { world } = World.inMemory();
    world.names = async () => names;
    await world.order({ order: 'pause', scope: accounts.on, reason: 'An incident', by });
    expect(world.notices[0]?.title).toBe(`Paused: account payments-prod (${accounts.on})`);
    expect(world.notices[0]?.text).toContain(`payments-prod (${accounts.on})`);
  });

  it('goes without names where none are known', async () => {
    const { world } = World.inMemory();
    await world.receive();
    expect(world.reports).toHaveLength(1);
    expect(world.reports[0]).not.toHaveProperty('accountName');
    expect(world.reports[0]).not.toHaveProperty('unit');
  });

  it('stays as it is where names would make a notice too long', async () => {
    const { world } = World.inMemory();
    world.names = async () => ({ ...names, account: () => 'n'.repeat(1_999) });
    await world.order({ order: 'pause', scope: accounts.on, reason: 'An incident', by });
    expect(world.notices).toHaveLength(1);
    expect(world.notices[0]?.text).not.toContain('nnn');
  });
});
