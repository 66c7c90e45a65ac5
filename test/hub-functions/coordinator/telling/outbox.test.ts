import { noNames, type PlaceNames } from '../../../../ledger/organization/place-names';
import { accounts, answer, messageFor, testIdentity } from '../../../support/findings';
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

  it('numbers the reports of an occurrence, and starts over with the next one', async () => {
    const { world } = World.inMemory();
    world.remediate = async (assignment) =>
      assignment.mode === 'apply' ? answer('failed', { reason: 'No.' }) : world.play(assignment);
    await world.receive();
    world.remediate = async (assignment) => world.play(assignment);
    world.clock.advance({ minutes: 60 });
    await world.sweep();
    world.open = true;
    world.clock.advance({ minutes: 60 });
    await world.receive();
    expect(world.reports.map(({ state, occurrence, sequence }) => [state, occurrence, sequence])).toEqual([
      ['failed', 1, 1],
      ['fixed', 1, 2],
      ['fixed', 2, 1],
    ]);
  });

  it('names the owner by the first tag that says one, and no tag that nobody asked for', async () => {
    const { world } = World.inMemory();
    const tags = { Owner: 'payments', owner: ' ', secret: 'x', 'aws:cloudformation:stack-name': 'web' };
    world.remediate = async (assignment) => ({ ...world.play(assignment), tags });
    await world.receive();
    expect(world.reports).toMatchObject([{ owner: 'payments', tags: { Owner: 'payments', owner: ' ' } }]);
    expect(Object.keys(world.reports[0]?.tags ?? {})).toEqual(['owner', 'Owner']);
  });

  it('names no owner any more once the tags are gone', async () => {
    const { world } = World.inMemory();
    let tags: Record<string, string> = { owner: 'payments' };
    world.remediate = async (assignment) =>
      assignment.mode === 'apply' ? answer('failed', { reason: 'No.' }) : { ...world.play(assignment), tags };
    await world.receive();
    tags = {};
    world.remediate = async (assignment) => ({ ...world.play(assignment), tags });
    world.clock.advance({ minutes: 60 });
    await world.sweep();
    expect(world.reports).toMatchObject([{ owner: 'payments' }, { state: 'fixed' }]);
    expect(world.reports[1]).not.toHaveProperty('owner');
    expect(world.reports[1]).not.toHaveProperty('tags');
    expect(await world.latest()).not.toHaveProperty('tags');
  });

  it('says who exempted it and until when, also of what would be told with a baseline', async () => {
    const { world } = World.inMemory();
    const finding = { ...testIdentity, accountId: accounts.off };
    const sentAt = new Date(world.clock.now().getTime() - 61 * 60_000);
    await world.coordinator().receive(messageFor(finding), () => 180_000, sentAt);
    expect(world.reports).toEqual([]);
    const until = '2026-12-01T00:00:00.000Z';
    await world.order({ order: 'exempt', finding, occurrence: 1, reason: 'Ours', until, by });
    expect(world.reports).toMatchObject([
      {
        state: 'exempt',
        sequence: 1,
        decision: { what: 'exempted', by, at: world.clock.now().toISOString(), reason: 'Ours.', until },
      },
    ]);
  });
});
