import { recorderModes } from '../../config/recorder';
import { changeCosts } from '../../operator/cost/change-costs';
import {
  activity,
  type CostLine,
  detectorCosts,
  patrolOfHundred,
  recordedCallsCosts,
} from '../../operator/cost/detector-costs';
import { hubCosts } from '../../operator/cost/hub-costs';
import { organizationCost } from '../../operator/cost/organization-cost';
import { dollarsOf, prices } from '../../operator/cost/unit-prices';
import { dollarsText } from '../../operator/text/dollars';
import { markdownTable } from './blocks';

const detectors: readonly CostLine['detector'][] = ['rule', 'trail', 'patrol'];
/** Accounts of the organization for which the sums are told too. */
const accounts = 1_000;

/** What each detector costs an account and a thousand accounts in a month, for docs/costs.md. */
export function costsSummary(): string {
  const lines = detectorCosts();
  const of = (wanted: readonly CostLine[]) => wanted.reduce((sum, line) => sum + dollarsOf(line), 0);
  const row = (name: string, wanted: readonly CostLine[]) => {
    const paidBy = (payer: CostLine['payer']) => of(wanted.filter((line) => line.payer === payer));
    return [
      name,
      dollarsText(paidBy('member')),
      dollarsText(paidBy('hub')),
      dollarsText(of(wanted) * accounts),
    ];
  };
  return markdownTable(
    [
      'detector',
      'an account, on its own bill',
      "an account, on the hub's",
      `${accounts.toLocaleString('en-US')} accounts`,
    ],
    [
      ...detectors.map((detector) =>
        row(
          detector,
          lines.filter((line) => line.detector === detector),
        ),
      ),
      row('all three', lines),
    ],
  );
}

/** Sizes of organizations of which the sums are told. */
const sizes = [10, 100, 1_000, 10_000];

/** What an organization pays in a month, by its size and by whose recorder stands in its accounts, for docs/costs.md. */
export function organizationTable(): string {
  const none = { own: 0, existing: 0, none: 0 };
  return markdownTable(
    [
      '`recorder`',
      ...sizes.map((size) => `${size.toLocaleString('en-US')} accounts`),
      'an account, of 1,000',
    ],
    recorderModes.map((mode) => {
      const of = (size: number) => organizationCost({ ...none, [mode]: size }, patrolOfHundred.regions).total;
      return [
        `\`${mode}\``,
        ...sizes.map((size) => dollarsText(of(size))),
        dollarsText(of(accounts) / accounts),
      ];
    }),
  );
}

/** What the hub costs by itself, for docs/costs.md. */
export function hubCostsTable(): string {
  return markdownTable(
    ['unit', 'units', 'which are', 'dollars'],
    hubCosts().map((line) => [line.unit, amount(line.units), line.formula, dollarsText(dollarsOf(line))]),
  );
}

/** Every line of it, for docs/costs.md. */
export function costsTable(): string {
  return linesTable(detectorCosts());
}

/** What others who read the patrol's calls cost, for docs/costs.md. */
export function recordedCallsTable(): string {
  return linesTable(recordedCallsCosts());
}

function linesTable(lines: readonly CostLine[]): string {
  return markdownTable(
    ['detector', 'paid by', 'unit', 'units', 'which are', 'dollars'],
    lines.map((line) => [
      line.detector,
      line.payer,
      line.unit,
      amount(line.units),
      line.formula,
      dollarsText(dollarsOf(line)),
    ]),
  );
}

/** The prices, for docs/costs.md. */
export function pricesTable(): string {
  return markdownTable(
    ['unit', 'dollars', 'page'],
    Object.entries(prices).map(([unit, { dollars, source }]) => [
      unit,
      dollars < 0.001 ? `${Number((dollars * 1e6).toPrecision(6))} a million` : String(dollars),
      `[${source.split('/').at(-3)}](${source})`,
    ]),
  );
}

/** What happens in the account of the example, for docs/costs.md. */
export function activityTable(): string {
  const { items, openingCalls } = activity;
  return markdownTable(
    ['in a month', ''],
    [
      ...Object.entries(items).map(([type, count]) => [`configuration items of \`${type}\``, String(count)]),
      ['calls that can open something', String(openingCalls)],
    ],
  );
}

function amount(units: number): string {
  return units >= 10 ? Math.round(units).toLocaleString('en-US') : String(Number(units.toPrecision(2)));
}

/** What changes of findings' states cost, for docs/costs.md. */
export function changesTable(): string {
  return markdownTable(
    ['', 'unit', 'units', 'which are', 'dollars'],
    changeCosts().map((line) => [
      line.securityHub ? 'with `securityHub: true`' : 'always',
      line.unit,
      amount(line.units),
      line.formula,
      dollarsText(dollarsOf(line)),
    ]),
  );
}
