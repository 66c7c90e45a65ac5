import {
  ChildNotFoundException,
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

function treeOf(parents: Record<string, unknown>) {
  const asked: string[] = [];
  let now = 0;
  const client = stubbed(new OrganizationsClient({ region: 'eu-west-1' }), (_command, { ChildId }) => {
    asked.push(String(ChildId));
    const parent = parents[String(ChildId)];
    if (parent instanceof Error) throw parent;
    if (!parent) throw new ChildNotFoundException({ message: 'none', $metadata: {} });
    return { Parents: [parent].flat() };
  });
  const tree = new OrganizationTree(client, () => now);
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
    const flagAt = async (time: string) =>
      (await rulingFor(of(accounts.on), policy, treeOf(nested).tree, new Date(time))).flag;

    expect(await flagAt('2026-11-23T23:59:59Z')).toBe('off');
    expect(await flagAt('2026-11-24T00:00:00Z')).toBe('on');
  });

  it('refuses an account that is not in the organization', async () => {
    await expect(rulingFor(of(accounts.on), testPolicy, treeOf({}).tree, now)).rejects.toThrow(
      UnknownAccountError,
    );
  });
});
