import { TooManyRequestsException } from '@aws-sdk/client-organizations';
import { readTree } from '../../../../hub-functions/coordinator/organization/read-tree';
import { UnresolvedPlaceError } from '../../../../ledger/organization/place-errors';
import { TestClock } from '../../../support/clock';
import { accounts } from '../../../support/findings';
import { FakeOrganizations } from './fake-organizations';

const [outer, inner] = ['ou-root-outer000', 'ou-root-inner000'];
const clock = new TestClock();

function organization(): FakeOrganizations {
  return new FakeOrganizations()
    .addUnit(outer, 'Workloads')
    .addUnit(inner, 'Prod', outer)
    .addAccount(accounts.on, 'payments', inner)
    .addAccount(accounts.hub, 'security');
}

describe('readTree', () => {
  it('reads every unit and account once, over all pages, and says when and how long', async () => {
    const fake = organization();
    for (let number = 0; number < 45; number += 1)
      fake.addAccount(String(700_000_000_000 + number), `account-${number}`, outer);
    fake.onCall = () => clock.advance({ seconds: 1 });
    const readAt = clock.now();
    const tree = await readTree(fake.client(), clock.now);
    expect(tree).toMatchObject({ rootId: 'r-root', readAt, tookMilliseconds: fake.calls.length * 1_000 });
    expect([...tree.units.values()]).toEqual([
      { id: outer, name: 'Workloads', parentId: 'r-root' },
      { id: inner, name: 'Prod', parentId: outer },
    ]);
    expect(tree.accounts.size).toBe(47);
    expect(tree.accounts.get(accounts.on)).toEqual({ id: accounts.on, name: 'payments', parentId: inner });
    // Of the root and of each unit its units and its accounts; the 45 accounts take three pages.
    expect(fake.calls).toHaveLength(1 + 3 * 2 + 2);
  });

  it.each([
    [{ State: 'ACTIVE' }, false],
    [{ State: 'SUSPENDED' }, true],
    [{ State: 'PENDING_CLOSURE' }, true],
    [{ State: 'CLOSED' }, true],
    [{ Status: 'SUSPENDED' }, true],
    [{ Status: 'ACTIVE' }, false],
    [{}, false],
  ])('tells by %j whether an account is closed: %s', async (said, closed) => {
    const fake = new FakeOrganizations();
    fake.answers.set('ListAccountsForParent', { Accounts: [{ Id: accounts.on, Name: 'payments', ...said }] });
    const { accounts: read } = await readTree(fake.client(), clock.now);
    expect(read.get(accounts.on)?.closed ?? false).toBe(closed);
  });

  it('is done again when an account is moved, or a unit deleted, while it reads', async () => {
    const fake = organization().addUnit('ou-root-empty000', 'Empty', outer);
    let changed = false;
    fake.onCall = (call) => {
      if (changed || call !== `ListAccountsForParent ${inner}`) return;
      changed = true;
      fake.addAccount(accounts.hub, 'security', inner);
      fake.units.delete('ou-root-empty000');
    };
    const tree = await readTree(fake.client(), clock.now);
    expect(tree.accounts.get(accounts.hub)?.parentId).toBe(inner);
    expect(tree.units.has('ou-root-empty000')).toBe(false);
    expect(fake.readings).toBe(2);
  });

  it('gives up when the organization keeps changing', async () => {
    const fake = organization();
    fake.onCall = (call) => {
      if (call.startsWith('ListRoots')) fake.addAccount(accounts.hub, 'security');
      if (call === `ListAccountsForParent ${inner}`) fake.addAccount(accounts.hub, 'security', inner);
    };
    await expect(readTree(fake.client(), clock.now)).rejects.toThrow(UnresolvedPlaceError);
    expect(fake.readings).toBe(2);
  });

  it.each(['ListRoots', `ListOrganizationalUnitsForParent ${inner}`, `ListAccountsForParent ${outer}`])(
    'tells nothing when AWS Organizations throttles %s',
    async (throttled) => {
      const fake = organization();
      fake.onCall = (call) => {
        if (call === throttled) throw new TooManyRequestsException({ message: 'slow down', $metadata: {} });
      };
      const read = readTree(fake.client(), clock.now);
      await expect(read).rejects.toThrow(UnresolvedPlaceError);
      await expect(read).rejects.toThrow(/slow down/);
      expect(fake.readings).toBe(1);
    },
  );

  it.each([
    ['no root', 'ListRoots', { Roots: [] }],
    ['two roots', 'ListRoots', { Roots: [{ Id: 'r-root' }, { Id: 'r-other' }] }],
    ['an account without a name', 'ListAccountsForParent', { Accounts: [{ Id: accounts.on }] }],
    ['a unit without an id', 'ListOrganizationalUnitsForParent', { OrganizationalUnits: [{ Name: 'Prod' }] }],
  ])('tells nothing when AWS Organizations names %s', async (_what, operation, answer) => {
    const fake = organization();
    fake.answers.set(operation, answer);
    await expect(readTree(fake.client(), clock.now)).rejects.toThrow(UnresolvedPlaceError);
  });
});
