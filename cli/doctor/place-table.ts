import type { Diagnosis } from '../../operator/doctor/doctor';
import { isUnremarkable, isWell, type Verdict } from '../../operator/doctor/verdict';
import { printable } from '../../resources/kit/printable';
import { type Column, fittedTable } from '../table/fitted-table';
import type { Terminal } from '../terminal';
import { mark } from './mark';

/** An account in a Region, or a whole account where no check is about its Regions. */
interface Row {
  accountId: string;
  region: string;
  verdicts: readonly Verdict[];
}

/**
 * A line for each account and Region, what is not well first; undefined where there is none.
 * @param all whether lines are told in which all is well, too
 */
export function placeTable(diagnosis: Diagnosis, terminal: Terminal, all: boolean): string | undefined {
  const rows = rowsOf(diagnosis.verdicts).filter(({ verdicts }) => all || !verdicts.every(isUnremarkable));
  if (rows.length === 0) return undefined;
  const checks = [...new Set(rows.flatMap(({ verdicts }) => verdicts.map(({ check }) => check)))];
  const account: Column<Row> = {
    title: 'account',
    cell: ({ accountId }) => printable(diagnosis.names.get(accountId) ?? ''),
    least: 8,
    yields: true,
  };
  const ofChecks = checks.map(columnOf);
  return fittedTable(rows, [account, accountIds, regions, ...ofChecks], [account], terminal).text;
}

const accountIds: Column<Row> = { title: 'account id', cell: ({ accountId }) => accountId };
const regions: Column<Row> = { title: 'Region', cell: ({ region }) => region };

/** The worst of a check's verdicts counts. */
function columnOf(check: string): Column<Row> {
  const worst = ({ verdicts }: Row) => {
    const conditions = verdicts
      .filter((verdict) => verdict.check === check)
      .map(({ condition }) => condition);
    return order.find((condition) => conditions.includes(condition));
  };
  return {
    title: check,
    cell: (row) => {
      const condition = worst(row);
      return condition === undefined ? '' : mark[condition];
    },
    colour: (row, colours) => {
      const condition = worst(row);
      return condition === 'not well'
        ? colours.red
        : condition === 'unknown' || condition === 'notice'
          ? colours.yellow
          : colours.green;
    },
  };
}

const order: readonly Verdict['condition'][] = ['not well', 'unknown', 'notice', 'not covered', 'well'];

/** What is said of a whole account stands in each of its lines. */
function rowsOf(verdicts: readonly Verdict[]): Row[] {
  const byAccount = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const { accountId } = verdict;
    if (accountId === undefined) continue;
    const known = byAccount.get(accountId);
    if (known) known.push(verdict);
    else byAccount.set(accountId, [verdict]);
  }
  const rows = [...byAccount].flatMap(([accountId, of]): Row[] => {
    const names = [
      ...new Set(of.map(({ region }) => region).filter((region) => region !== undefined)),
    ].sort();
    const whole = of.filter(({ region }) => region === undefined);
    if (names.length === 0) return [{ accountId, region: '', verdicts: whole }];
    return names.map((region) => ({
      accountId,
      region,
      verdicts: [...whole, ...of.filter((verdict) => verdict.region === region)],
    }));
  });
  const rank = ({ verdicts: of }: Row) => Number(of.every(isWell)) + Number(of.every(isUnremarkable));
  return rows.sort((one, other) => rank(one) - rank(other));
}
