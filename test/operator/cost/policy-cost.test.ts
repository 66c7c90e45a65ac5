import { organizationCost } from '../../../operator/cost/organization-cost';
import { policyCost } from '../../../operator/cost/policy-cost';
import { expectedAccounts } from '../../../operator/doctor/expected-accounts';
import {
  accounts,
  plantedOrganization,
  policyOf,
  policyText,
} from '../doctor/organization/planted-organization';

const costOf = (text: string) => {
  const policy = policyOf(text);
  return policyCost(policy, expectedAccounts(policy, plantedOrganization().structure()));
};

describe('what a policy costs', () => {
  it('counts covered accounts by whose recorder stands in them, in as many Regions as are watched', () => {
    const cost = costOf(policyText);
    expect(cost).toMatchObject({ accounts: { own: 2, existing: 1, none: 0 }, regions: 2 });
    expect(cost).toMatchObject(organizationCost(cost.accounts, 2));
  });

  it('leaves out what is excluded, and counts the management account where the policy names it', () => {
    const without = costOf(`${policyText}exclude: ["${accounts.trial}"]\n`);
    expect(without.accounts).toEqual({ own: 1, existing: 1, none: 0 });
    const more = costOf(policyText.replace('[r-abcd]', `[r-abcd, "${accounts.management}"]`));
    expect(more.accounts).toEqual({ own: 3, existing: 1, none: 0 });
  });

  it('names what it assumes, and where the policy does otherwise', () => {
    const said = (text: string) => costOf(text).assumptions.join('\n');
    expect(said(policyText)).toContain('us-east-1 in 2026-06');
    expect(said(policyText)).not.toContain('this policy');
    const other = policyText.replace('default: own', 'default: own\n  frequency: daily');
    expect(said(`${other}patrol: { every: 6h }\n`)).toContain('this policy patrols every 360 minutes');
    expect(said(other)).toContain('this policy records daily');
  });
});
