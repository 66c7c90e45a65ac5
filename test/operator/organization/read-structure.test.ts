import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { readStructure } from '../../../operator/organization/read-structure';
import { stubbed } from '../../support/stubbed-client';

const account = (id: string, more: object = {}) => ({
  Id: id,
  Name: `name-${id[0]}`,
  Status: 'ACTIVE',
  ...more,
});

/** An organization in pages of one: two units in a row, and an account in each. */
function client(accounts: Record<string, object[]>, failing?: string): OrganizationsClient {
  const unitsUnder: Record<string, object[]> = {
    'r-abcd': [
      { Id: 'ou-abcd-11111111', Name: 'Workloads' },
      { Id: 'ou-abcd-22222222', Name: 'Sandbox' },
    ],
    'ou-abcd-11111111': [{ Id: 'ou-abcd-33333333', Name: 'Prod' }],
  };
  const paged = (key: string, all: object[] = [], token: unknown) => {
    const page = Number(token ?? 0);
    return {
      [key]: all.slice(page, page + 1),
      ...(page + 1 < all.length && { NextToken: String(page + 1) }),
    };
  };
  return stubbed(new OrganizationsClient({ region: 'eu-west-1' }), (command, { ParentId, NextToken }) => {
    if (failing !== undefined && ParentId === failing)
      throw Object.assign(new Error('It is gone.'), { name: 'ParentNotFoundException' });
    if (command === 'ListRootsCommand') return { Roots: [{ Id: 'r-abcd', Name: 'Root' }] };
    return command === 'ListAccountsForParentCommand'
      ? paged('Accounts', accounts[String(ParentId)], NextToken)
      : paged('OrganizationalUnits', unitsUnder[String(ParentId)], NextToken);
  });
}

describe('reading the organization', () => {
  it('reads every page of every unit, and tells what each account lies under', async () => {
    const read = await readStructure(
      client({
        'r-abcd': [account('111111111111'), account('222222222222', { Status: 'SUSPENDED' })],
        'ou-abcd-33333333': [account('333333333333')],
      }),
    );

    expect(read.units.map(({ path }) => path)).toEqual(['/', '/Workloads', '/Sandbox', '/Workloads/Prod']);
    expect(read.accounts.map(({ id, unit, closed }) => [id, unit.path, closed])).toEqual([
      ['111111111111', '/', false],
      ['222222222222', '/', true],
      ['333333333333', '/Workloads/Prod', false],
    ]);
    expect(read.accounts[2]?.unit.chain).toEqual([
      { id: 'ou-abcd-33333333', name: 'Prod' },
      { id: 'ou-abcd-11111111', name: 'Workloads' },
      { id: 'r-abcd', name: 'Root' },
    ]);
  });

  it('tells how far it is', async () => {
    const heard: number[] = [];
    await readStructure(client({ 'ou-abcd-22222222': [account('333333333333')] }), ({ accounts }) =>
      heard.push(accounts.length),
    );
    expect(heard).toEqual([0, 0, 1, 1]);
  });

  it.each([
    [
      'an account moved',
      client({
        'ou-abcd-11111111': [account('333333333333')],
        'ou-abcd-22222222': [account('333333333333')],
      }),
    ],
    ['a unit was removed', client({}, 'ou-abcd-22222222')],
  ])('is no answer where %s meanwhile', async (_, changing) => {
    await expect(readStructure(changing)).rejects.toThrow('was changed while it was being read');
  });
});
