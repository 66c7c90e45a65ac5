import type { PolicyCost, UnknownCost } from '../../operator/cost/policy-cost';
import { pricesOf } from '../../operator/cost/unit-prices';

/** What a policy is estimated to cost, for programs: dollars of one month. Pure. */
export function costJson(cost: PolicyCost | UnknownCost): object {
  if ('unknown' in cost) return cost;
  const { regions, accounts, members, hubForAccounts, hubItself, total, assumptions } = cost;
  return {
    isEstimate: true,
    currency: 'USD',
    per: 'month',
    pricesOf,
    regions,
    accounts,
    members,
    hubForAccounts,
    hubItself,
    total,
    assumptions,
  };
}
