import { recorderModes } from '../../config/recorder';
import type { PolicyCost, UnknownCost } from '../../operator/cost/policy-cost';
import { counted } from '../../operator/text/counted';
import { dollarsText } from '../../operator/text/dollars';
import { printable } from '../../resources/kit/printable';

/** What a policy is estimated to cost in a month, with what the estimate goes by, or why that cannot be told: for people. Pure. */
export function costLines(cost: PolicyCost | UnknownCost): string[] {
  if ('unknown' in cost) return [`It cannot be told. ${printable(cost.unknown)}`];
  const { accounts, members, hubForAccounts, hubItself, total, regions, assumptions } = cost;
  const rows: readonly [what: string, dollars: number][] = [
    ...recorderModes
      .filter((mode) => accounts[mode] > 0)
      .map((mode): [string, number] => [
        `members' bills, recorder ${mode}, ${counted(accounts[mode], 'account')}`,
        members[mode],
      ]),
    ["the hub's bill, for accounts", hubForAccounts],
    ["the hub's bill, the hub itself", hubItself],
    ['total', total],
  ];
  const texts = rows.map(([what, dollars]) => [what, dollarsText(dollars)] as const);
  const widest = (column: 0 | 1) => Math.max(...texts.map((row) => row[column].length));
  return [
    `An estimate for a month, in ${counted(regions, 'Region')}:`,
    ...texts.map(([what, dollars]) => `  ${what.padEnd(widest(0))}  ${dollars.padStart(widest(1))}`),
    'It assumes:',
    ...assumptions.map((assumption) => `  - ${assumption}`),
    'docs/costs.md has the formulas and prices.',
  ];
}
