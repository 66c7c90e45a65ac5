import {
  ChildNotFoundException,
  OrganizationalUnitNotFoundException,
  OrganizationsClient,
  TooManyRequestsException,
} from '@aws-sdk/client-organizations';
import {
  OrganizationTree,
  UnknownAccountError,
  UnresolvedPlaceError,
} from '../../../hub-functions/coordinator/organization';
import { rulingFor } from '../../../hub-functions/coordinator/ruling';
import { accounts, testIdentity, testPolicy } from '../../support/findings';
import { stubbed } from '../../support/stubbed-client';

const nested: Record<string, { Id: string; Type: string }> = {
  [accounts.on]: { Id: 'ou-root-inner000', Type: 'ORGANIZATIONAL_UNIT' },
  [accounts.off]: { Id: 'ou-root-inner000', Type: 'ORGANIZATIONAL_UNIT' },
  'ou-root-inner000': { Id: 'ou-root-outer000', Type: 'ORGANIZATIONAL_UNIT' },
  'ou-root-outer000': { Id: 'r-root', Type: 'ROOT' },
};

/** The names of units, and the pages of ListAccounts. */
interface Names {
  units: Record<string, unknown>;
  accounts: Record<string, string>[] | Error;
}

function treeOf(parents: Record<string, unknown>, needs = { names: false, paths: false }, names?: Names) {
  const asked: string[] = [];
  let now = 0;
  const answers: Record<string, (input: Record<string, unknown>) => unknown> = {
    ListParentsCommand: ({ ChildId }) => {
      asked.push(String(ChildId));
      const parent = parents[String(ChildId)];
      if (parent instanceof Error) throw parent;
      if (!parent) throw new ChildNotFoundException({ message: 'none', $metadata: {} });
      return { Parents: [parent].flat() };
    },
    DescribeOrganizationalUnitCommand: ({ OrganizationalUnitId: id }) => {
      asked.push(`name of ${id}`);
      const name = names?.units[String(id)];
      if (name instanceof Error) throw name;
      if (!name) throw new OrganizationalUnitNotFoundException({ message: 'none', $metadata: {} });
      return { OrganizationalUnit: { Id: id, Name: name } };
    },
    ListAccountsCommand: ({ NextToken = '0' }) => {
      asked.push(`accounts, page ${NextToken}`);
      const pages = names?.accounts ?? [];
      if (pages instanceof Error) throw pages;
      const next = Number(NextToken) + 1;
      return {
        Accounts: Object.entries(pages[next - 1] ?? {}).map(([Id, Name]) => ({ Id, Name })),
        ...(next < pages.length && { NextToken: String(next) }),
      };
    },
  };
  const client = stubbed(new OrganizationsClient({ region: 'eu-west-1' }), (command, input) => {
    const answer = answers[command];
    if (!answer) throw new Error(`Nobody may call ${command}.`);
    return answer(input);
  });
  const tree = new OrganizationTree(client, needs, () => now);
  return {
    tree,
    asked,
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe("an account's place", () => {
  it('is the path up to the root, nearest first', async () => {
    expect(await treeOf(nested).tree.path(accounts.on)).toEqual([
      'ou-root-inner000',
      'ou-root-outer000',
      'r-root',
    ]);
  });

  it('is asked once in five minutes, and its units once for all accounts', async () => {
    const { tree, asked, wait } = treeOf(nested);
    await Promise.all([tree.path(accounts.on), tree.path(accounts.on), tree.path(accounts.off)]);
    wait(299_999);
    await tree.path(accounts.on);
    expect(asked.sort()).toEqual([accounts.on, accounts.off, 'ou-root-inner000', 'ou-root-outer000'].sort());
    wait(1);
    await tree.path(accounts.on);
    expect(asked).toHaveLength(7);
  });

  it('says of an account that it is not in the organization, and asks again the next time', async () => {
    const parents: Record<string, unknown> = { ...nested, [accounts.on]: undefined };
    const { tree } = treeOf(parents);
    await expect(tree.path(accounts.on)).rejects.toThrow(UnknownAccountError);
    parents[accounts.on] = nested[accounts.on];
    expect(await tree.path(accounts.on)).toHaveLength(3);
  });

  it('is asked again when a unit above it is gone, as after the account was moved out and the unit deleted', async () => {
    const parents: Record<string, unknown> = { ...nested };
    const { tree, wait } = treeOf(parents);
    // The units' places are forgotten before the account's.
    await tree.path('ou-root-inner000');
    wait(200_000);
    await tree.path(accounts.on);
    wait(150_000);
    delete parents['ou-root-inner000'];
    parents[accounts.on] = { Id: 'r-root', Type: 'ROOT' };
    expect(await tree.path(accounts.on)).toEqual(['r-root']);
  });

  it('is unresolved, and its account not unknown, while a unit above it stays unknown', async () => {
    const parents = { ...nested, 'ou-root-outer000': undefined };
    const { tree, asked } = treeOf(parents);
    await expect(tree.path(accounts.on)).rejects.toThrow(UnresolvedPlaceError);
    await expect(tree.path(accounts.on)).rejects.toThrow(/ou-root-outer000/);
    expect(asked.filter((id) => id === accounts.on).length).toBeLessThanOrEqual(4);
  });

  it('says of an account that left while its place was remembered that it is not in the organization', async () => {
    const parents: Record<string, unknown> = { ...nested };
    const { tree, wait } = treeOf(parents);
    await tree.path('ou-root-inner000');
    wait(200_000);
    await tree.path(accounts.on);
    wait(150_000);
    delete parents['ou-root-inner000'];
    delete parents[accounts.on];
    await expect(tree.path(accounts.on)).rejects.toThrow(UnknownAccountError);
  });

  it.each([
    ['an error', new TooManyRequestsException({ message: 'slow down', $metadata: {} })],
    ['no parent', []],
    [
      'two parents',
      [
        { Id: 'a', Type: 'ROOT' },
        { Id: 'b', Type: 'ROOT' },
      ],
    ],
    ['a circle', { Id: accounts.on, Type: 'ORGANIZATIONAL_UNIT' }],
  ])('is unresolved when AWS answers with %s', async (_what, parent) => {
    await expect(treeOf({ [accounts.on]: parent }).tree.path(accounts.on)).rejects.toThrow(
      UnresolvedPlaceError,
    );
  });
});

describe('the names of a place', () => {
  const everything = { names: true, paths: true };
  const names = (): Names => ({
    units: { 'ou-root-inner000': 'Prod', 'ou-root-outer000': 'Workloads' },
    // A page may be empty although more follow.
    accounts: [{ [accounts.on]: 'payments' }, {}, { [accounts.off]: 'website', [accounts.hub]: 'website' }],
  });

  it('are not asked for unless they are needed', async () => {
    const { tree, asked } = treeOf(nested);
    expect(await tree.place(accounts.on)).toEqual({
      accountId: accounts.on,
      path: [{ id: 'ou-root-inner000' }, { id: 'ou-root-outer000' }, { id: 'r-root' }],
    });
    expect(asked).toEqual([accounts.on, 'ou-root-inner000', 'ou-root-outer000']);
  });

  it("are the account's, and those of the units above it but of the root", async () => {
    expect(await treeOf(nested, everything, names()).tree.place(accounts.on)).toEqual({
      accountId: accounts.on,
      name: 'payments',
      sameName: 1,
      path: [
        { id: 'ou-root-inner000', name: 'Prod' },
        { id: 'ou-root-outer000', name: 'Workloads' },
        { id: 'r-root' },
      ],
    });
  });

  it('count every account of the same name, on all pages, closed ones too', async () => {
    const { tree } = treeOf(nested, everything, names());
    expect(await tree.place(accounts.off)).toMatchObject({ name: 'website', sameName: 2 });
  });

  it('are asked for once in five minutes', async () => {
    const { tree, asked, wait } = treeOf(nested, everything, names());
    await Promise.all([tree.place(accounts.on), tree.place(accounts.off)]);
    wait(299_999);
    await tree.place(accounts.on);
    expect(asked.filter((what) => what.startsWith('accounts'))).toHaveLength(3);
    expect(asked.filter((what) => what.startsWith('name of'))).toHaveLength(2);
    wait(1);
    await tree.place(accounts.on);
    expect(asked.filter((what) => what.startsWith('accounts'))).toHaveLength(6);
    expect(asked.filter((what) => what.startsWith('name of'))).toHaveLength(4);
  });

  it('are listed again for an account that joined since', async () => {
    const pages: Record<string, string>[] = [{ [accounts.off]: 'website' }];
    const { tree } = treeOf(nested, everything, { ...names(), accounts: pages });
    await tree.place(accounts.off);
    pages.push({ [accounts.on]: 'payments' });
    expect(await tree.place(accounts.on)).toMatchObject({ name: 'payments' });
  });

  it('leave the place unresolved while the account is not listed', async () => {
    const { tree } = treeOf(nested, everything, { ...names(), accounts: [{ [accounts.off]: 'website' }] });
    await expect(tree.place(accounts.on)).rejects.toThrow(UnresolvedPlaceError);
  });

  it.each([
    ['the accounts', { accounts: new TooManyRequestsException({ message: 'slow down', $metadata: {} }) }],
    [
      'a unit',
      {
        units: { 'ou-root-inner000': new TooManyRequestsException({ message: 'slow down', $metadata: {} }) },
      },
    ],
  ])('leave the place unresolved when AWS Organizations throttles for %s', async (_what, more) => {
    const place = treeOf(nested, everything, { ...names(), ...more }).tree.place(accounts.on);
    await expect(place).rejects.toThrow(UnresolvedPlaceError);
    await expect(place).rejects.toThrow(/slow down/);
  });

  it('are found anew when a remembered unit is gone, as after the account was moved out and the unit deleted', async () => {
    const parents: Record<string, unknown> = { ...nested };
    const known = names();
    const { tree, wait } = treeOf(parents, everything, known);
    await tree.path(accounts.on);
    wait(1);
    parents[accounts.on] = { Id: 'r-root', Type: 'ROOT' };
    delete known.units['ou-root-inner000'];
    expect(await tree.place(accounts.on)).toMatchObject({ path: [{ id: 'r-root' }] });
  });

  it('are not asked for of an account that is not in the organization', async () => {
    const { tree, asked } = treeOf({}, everything, names());
    await expect(tree.place(accounts.on)).rejects.toThrow(UnknownAccountError);
    expect(asked).toEqual([accounts.on]);
  });
});

describe('rulingFor', () => {
  const now = new Date('2026-11-23T10:00:00Z');
  const of = (accountId: string) => ({ ...testIdentity, accountId });

  it('is the flag that the policy gives that place', async () => {
    expect(await rulingFor(of(accounts.on), testPolicy, treeOf(nested).tree, now)).toMatchObject({
      flag: 'on',
    });
    expect(await rulingFor(of(accounts.off), testPolicy, treeOf(nested).tree, now)).toMatchObject({
      flag: 'off',
    });
  });

  it('has no flag, and says why, when the place is unresolved', async () => {
    const { tree } = treeOf({
      [accounts.on]: new TooManyRequestsException({ message: 'slow down', $metadata: {} }),
    });
    const ruling = await rulingFor(of(accounts.on), testPolicy, tree, now);
    expect(ruling).not.toHaveProperty('flag');
    expect(ruling.decidedBy).toContain('slow down');
  });

  it('leaves an exempt resource alone until the exemption is over', async () => {
    const exemption = {
      control: testIdentity.control,
      account: accounts.on,
      resource: testIdentity.resourceId,
      reason: 'A test.',
      owner: 'tests',
      expires: '2026-11-23',
      until: '2026-11-24T00:00:00.000Z',
      source: 'organization.yaml:20',
    };
    const policy = { ...testPolicy, exemptions: [exemption] };
    const stateAt = async (time: string) =>
      (await rulingFor(of(accounts.on), policy, treeOf(nested).tree, new Date(time))).exempt?.state;

    expect(await stateAt('2026-11-23T23:59:59Z')).toBe('exempt');
    expect(await stateAt('2026-11-24T00:00:00Z')).toBeUndefined();
  });

  it('refuses an account that is not in the organization', async () => {
    await expect(rulingFor(of(accounts.on), testPolicy, treeOf({}).tree, now)).rejects.toThrow(
      UnknownAccountError,
    );
  });
});
