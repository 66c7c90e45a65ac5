import type { ApiCall } from '../../../../sandbox/gateway/api';
import { Learned } from '../../../../sandbox/gateway/learned';
import { account } from '../../../../sandbox/services/account/service';
import { OrganizationFacts } from '../../../../sandbox/services/organizations/organization-facts';

const [management, member] = ['111111111111', '222222222222'];

const learned = new Learned();
learned.of(OrganizationFacts).managementAccountId = management;
const standIn = account.quirks?.standIn?.({ learned, now: () => 0, trailOf: () => undefined });

function call(caller: string, operation: string, parameters: Record<string, unknown>): ApiCall {
  return {
    service: 'account',
    operation,
    parameters,
    region: 'us-east-1',
    principal: { kind: 'account', accountId: caller, arn: `arn:aws:iam::${caller}:root` },
    accountId: String(parameters.AccountId ?? caller),
    method: 'POST',
    url: '/',
    headers: {},
    body: Buffer.alloc(0),
  };
}

async function ask(operation: string, parameters: Record<string, unknown>): Promise<unknown> {
  const answer = await standIn?.answer(call(member, operation, parameters));
  return JSON.parse(String(answer?.body));
}

const statusOf = (RegionName: string) => ask('GetRegionOptStatus', { RegionName });

describe('the Regions of an account', () => {
  it('are enabled by default, or when it opts in', async () => {
    expect(await statusOf('eu-west-1')).toMatchObject({ RegionOptStatus: 'ENABLED_BY_DEFAULT' });
    expect(await statusOf('eu-south-1')).toMatchObject({ RegionOptStatus: 'DISABLED' });
    await ask('EnableRegion', { RegionName: 'eu-south-1' });
    expect(await statusOf('eu-south-1')).toMatchObject({ RegionOptStatus: 'ENABLED' });
    await ask('DisableRegion', { RegionName: 'eu-south-1' });
    expect(await statusOf('eu-south-1')).toMatchObject({ RegionOptStatus: 'DISABLED' });
  });

  it('are listed by status, in pages', async () => {
    const wanted = { RegionOptStatusContains: ['DISABLED'], MaxResults: 10 };
    const first = (await ask('ListRegions', wanted)) as { Regions: object[]; NextToken: string };
    const rest = (await ask('ListRegions', { ...wanted, NextToken: first.NextToken })) as typeof first;
    expect([first.Regions.length, rest.Regions.length, rest.NextToken]).toEqual([10, 7, undefined]);
  });

  it('cannot be changed where they are enabled by default, or do not exist', async () => {
    await expect(ask('DisableRegion', { RegionName: 'eu-west-1' })).rejects.toThrow('enabled by default');
    await expect(ask('EnableRegion', { RegionName: 'eu-west-9' })).rejects.toThrow('no Region');
  });

  it('are the business of the account itself and of the management account', () => {
    const check = (caller: string) =>
      account.quirks?.checkCaller?.(call(caller, 'ListRegions', { AccountId: member }), learned);
    expect(() => check('333333333333')).toThrow('not authorized');
    check(member);
    check(management);
  });
});
