import type { ApiAnswer, ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { ApiError } from '../../gateway/protocols/errors';
import { page } from '../../page';
import { OrganizationFacts } from '../organizations/organization-facts';
import type { Quirks } from '../service';
import { defaultRegions, optInRegions, RegionOptIns } from './regions';

const operations = ['DisableRegion', 'EnableRegion', 'GetRegionOptStatus', 'ListRegions'];

/** What AWS Account Management does and moto does not: the Regions of an account. AWS takes minutes to enable one. */
export const quirks: Quirks = {
  checkCaller,
  standIn: ({ learned }) => ({
    operations,
    answer: async (call) => answer(call, learned.of(RegionOptIns)),
  }),
};

/**
 * Another account may be named by the management account alone.
 * https://docs.aws.amazon.com/accounts/latest/reference/using-orgs-trusted-access.html
 * @throws ApiError for anybody else
 */
function checkCaller({ principal, accountId }: ApiCall, learned: Learned): void {
  const { managementAccountId } = learned.of(OrganizationFacts);
  if (accountId === principal.accountId || principal.accountId === managementAccountId) return;
  throw new ApiError('AccessDeniedException', 'User is not authorized to access this account.', 403);
}

function answer({ operation, accountId, parameters }: ApiCall, optIns: RegionOptIns): ApiAnswer {
  const statusOf = (RegionName: string) => ({
    RegionName,
    RegionOptStatus: status(accountId, RegionName, optIns),
  });
  if (operation === 'ListRegions') {
    const wanted = parameters.RegionOptStatusContains;
    const all = [...defaultRegions, ...optInRegions]
      .map(statusOf)
      .filter(
        (region) => !Array.isArray(wanted) || wanted.length === 0 || wanted.includes(region.RegionOptStatus),
      );
    const { items, next } = page(all, Number(parameters.MaxResults) || 50, parameters.NextToken, () =>
      invalid('The NextToken is not valid.'),
    );
    return json({ Regions: items, ...(next !== undefined && { NextToken: next }) });
  }
  const region = String(parameters.RegionName);
  if (![...defaultRegions, ...optInRegions].includes(region)) throw invalid(`${region} is no Region.`);
  if (operation === 'GetRegionOptStatus') return json(statusOf(region));
  if (!optInRegions.includes(region)) throw invalid(`${region} is enabled by default and cannot be changed.`);
  optIns.set(accountId, region, operation === 'EnableRegion');
  return json({});
}

function status(accountId: string, region: string, optIns: RegionOptIns): string {
  if (!optInRegions.includes(region)) return 'ENABLED_BY_DEFAULT';
  return optIns.isEnabled(accountId, region) ? 'ENABLED' : 'DISABLED';
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationException', message);
}

function json(body: object): ApiAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
