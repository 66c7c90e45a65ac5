import { costJson } from '../../../cli/cost/cost-json';
import { costLines } from '../../../cli/cost/cost-lines';
import type { PolicyCost } from '../../../operator/cost/policy-cost';

const cost: PolicyCost = {
  accounts: { own: 12, existing: 1, none: 0 },
  regions: 2,
  members: { own: 5.66, existing: 0.23, none: 0 },
  hubForAccounts: 0.048,
  hubItself: 1_017.06,
  total: 1_023,
  assumptions: ['Prices are those of us-east-1.'],
};

describe('a cost for people', () => {
  it('has a line for each recorder that some account has, the hub and the total, and what it assumes', () => {
    expect(costLines(cost)).toEqual([
      'An estimate for a month, in 2 Regions:',
      "  members' bills, recorder own, 12 accounts         $5.66",
      "  members' bills, recorder existing, 1 account      $0.23",
      "  the hub's bill, for accounts                     $0.048",
      "  the hub's bill, the hub itself                $1,017.06",
      '  total                                         $1,023.00',
      'It assumes:',
      '  - Prices are those of us-east-1.',
      'docs/costs.md has the formulas and prices.',
    ]);
  });

  it('says why it cannot be told, whatever a path looks like', () => {
    expect(costLines({ unknown: 'No unit \u001b[2J.' })).toEqual([expect.not.stringContaining('\u001b')]);
  });
});

describe('a cost for programs', () => {
  it('has the same numbers, in dollars of a month', () => {
    expect(costJson(cost)).toEqual({
      ...cost,
      isEstimate: true,
      currency: 'USD',
      per: 'month',
      pricesOf: '2026-06',
    });
  });
});
