import { SessionRefusedError } from '../../../../hub-functions/member-session/assume';
import { waitsForAccount } from '../../../../ledger/limits/waits-for';
import { accounts, answer, testIdentity, testPolicy } from '../../../support/findings';
import { World } from '../world';

const account = testIdentity.accountId;
const left = `Account ${account} has left the organization.`;
const closed = `Account ${account} is closed or suspended: nothing runs there.`;

const leaves = (world: World) => {
  world.members = world.members.filter((member) => member !== account);
};
const isClosed = (world: World) => {
  world.closed = [account];
};

/** A world in which no look of the resource works from now on. */
function withoutAccess(world: World): void {
  world.remediate = async () => answer('failed', { reason: 'Denied.', errorCode: 'AccessDenied' });
}

/** The sweeps of some days. */
async function sweepFor(world: World, days: number): Promise<void> {
  for (let hour = 0; hour < days * 24; hour += 1) {
    world.clock.advance({ minutes: 60 });
    await world.sweep();
  }
}

describe.each([
  ['left the organization', leaves, left],
  ['was closed or suspended', isClosed, closed],
])('a finding of an account that %s', (_what, goes, reason) => {
  it.each([
    [
      'reported',
      async (world: World) => {
        world.policy = { ...testPolicy, accounts: {} };
      },
    ],
    ['failed', async (world: World) => withoutAccess(world)],
    [
      'held',
      async (world: World) => {
        const by = 'arn:aws:iam::000000000000:user/anna';
        await world.order({ order: 'pause', scope: 'organization', reason: 'x', by });
      },
    ],
  ])('that is %s ends as gone within a day, with that reason, and is not retried', async (state, prepare) => {
    const { world } = World.inMemory();
    await prepare(world);
    await world.receive();
    expect(await world.latest()).toMatchObject({ state });
    await world.sweep();
    goes(world);
    const asked = world.asked.length;
    await sweepFor(world, 1);
    expect(await world.latest()).toMatchObject({ state: 'gone', reason });
    expect(world.reports.at(-1)).toMatchObject({ state: 'gone', reason });
    const ended = await world.latest();
    await sweepFor(world, 2);
    expect(await world.latest()).toEqual(ended);
    expect(world.asked).toHaveLength(asked);
  });

  it('that waits for the account ends at the next sweep, and the account is not tried again', async () => {
    const { world } = World.inMemory();
    world.policy = { ...testPolicy, accounts: {} };
    await world.receive();
    world.policy = testPolicy;
    const refusal = { reason: 'The role is gone.', errorCode: 'AccessDenied' };
    const role = { accountId: account, role: 'read' } as const;
    const { unreachableAccounts } = world.parts();
    await unreachableAccounts.remember(role, refusal, world.clock.now());
    world.remediate = async () => ({
      ...answer('failed', refusal),
      unreachable: waitsForAccount(account, 'read'),
    });
    let tries = 0;
    world.tryRole = async () => {
      tries += 1;
      throw new SessionRefusedError('The role is gone.', 'AccessDenied');
    };
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'held', heldBy: 'account' });
    goes(world);
    await sweepFor(world, 1);
    expect(await world.latest()).toMatchObject({ state: 'gone', reason });
    expect(tries).toBe(0);
    expect(await unreachableAccounts.list()).toEqual([]);
  });

  it('that is about to be fixed then ends as gone, and nothing is written', async () => {
    const { world } = World.inMemory();
    const { remediate } = world;
    world.remediate = async (assignment) => {
      goes(world);
      return remediate(assignment);
    };
    await world.receive();
    expect(world.modes).toEqual(['plan']);
    await world.sweep();
    expect(await world.latest()).toBeUndefined();
  });

  it('does not end while AWS Organizations does not answer', async () => {
    const { world } = World.inMemory();
    withoutAccess(world);
    await world.receive();
    world.untold = [account];
    await sweepFor(world, 2);
    expect(await world.latest()).toMatchObject({ state: 'given-up' });
  });
});

describe('a message about a closed account', () => {
  it('opens nothing, and is done', async () => {
    const { world } = World.inMemory();
    isClosed(world);
    await world.receive();
    expect(await world.latest()).toBeUndefined();
    expect(world.asked).toEqual([]);
  });

  it('ends what is open', async () => {
    const { world } = World.inMemory();
    world.policy = { ...testPolicy, accounts: {} };
    await world.receive();
    isClosed(world);
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'gone', reason: closed });
  });
});

it('what is found in an account that came back is opened anew', async () => {
  const { world } = World.inMemory();
  world.policy = { ...testPolicy, accounts: {} };
  await world.receive();
  isClosed(world);
  await world.receive();
  world.closed = [];
  await world.receive();
  expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'reported' });
  expect(world.members).toContain(accounts.on);
});
