import { markdownTable } from './blocks';
import {
  activity,
  type CostLine,
  detectorCosts,
  dollarsOf,
  prices,
  recordedCallsCosts,
} from './detector-costs';

const detectors: readonly CostLine['detector'][] = ['rule', 'trail', 'patrol'];
/** Accounts of the organization for which the sums are told too. */
const accounts = 1_000;

/** What each detector costs an account and a thousand accounts in a month, for docs/costs.md. */
export function costsSummary(): string {
  const lines = detectorCosts();
  const of = (wanted: readonly CostLine[]) => wanted.reduce((sum, line) => sum + dollarsOf(line), 0);
  const row = (name: string, wanted: readonly CostLine[]) => {
    const paidBy = (payer: CostLine['payer']) => of(wanted.filter((line) => line.payer === payer));
    return [name, money(paidBy('member')), money(paidBy('hub')), money(of(wanted) * accounts)];
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
      money(dollarsOf(line)),
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

function money(dollars: number): string {
  return dollars >= 0.1 ? `$${dollars.toFixed(2)}` : `$${Number(dollars.toPrecision(2))}`;
}

function amount(units: number): string {
  return units >= 10 ? Math.round(units).toLocaleString('en-US') : String(Number(units.toPrecision(2)));
}
