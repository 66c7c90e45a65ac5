import { textWidth } from '../../core/text-width';
import type { Diagnosis } from '../../operator/doctor/doctor';
import { isUnremarkable } from '../../operator/doctor/verdict';
import { printable } from '../../resources/kit/printable';
import { type Column, fittedTable } from '../table/fitted-table';
import { wrapped } from '../table/wrapped';
import type { Terminal } from '../terminal';
import { mark } from './mark';
import { type Row, rowsOf, worstOf } from './place-rows';

/**
 * A line for each account and Region, what is not well first; undefined where there is none. Where the checks have no room beside
 * each other, they stand in several tables.
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
  const place = [account, accountIds, regions];
  const room = terminal.columns - widthOf(rows, place);
  const isRoomFor = (some: readonly string[]) => widthOfChecks(some) <= room;
  // What says the same in each line costs one line where there is no room for its column.
  const common = isRoomFor(checks) ? [] : checks.filter((check) => isWellInEach(rows, check));
  const tables = inGroups(
    checks.filter((check) => !common.includes(check)),
    isRoomFor,
  ).map((group) => fittedTable(rows, [...place, ...group.map(columnOf)], [account], terminal).text);
  const note = wrapped(`${mark.well} in each line: ${common.join(', ')}.`, terminal.columns, '  ').join('\n');
  return [...tables, ...(common.length > 0 ? [note] : [])].join('\n\n');
}

/** Wider an account's name is not kept at the cost of columns. */
const mostForAccount = 16;
const gap = 2;

function widthOf(rows: readonly Row[], place: readonly Column<Row>[]): number {
  const widths = place.map((column) => {
    const longest = Math.max(textWidth(column.title), ...rows.map((row) => textWidth(column.cell(row))));
    return column.yields ? Math.min(longest, mostForAccount) : longest;
  });
  return widths.reduce((sum, width) => sum + width + gap, -gap);
}

function widthOfChecks(checks: readonly string[]): number {
  return checks.reduce((sum, check) => sum + gap + textWidth(check), 0);
}

function isWellInEach(rows: readonly Row[], check: string): boolean {
  return rows.every((row) => worstOf(row, check) === 'well');
}

/** As few groups as fit, in their order; at least one, and at least one check in each where there is any. */
function inGroups(checks: readonly string[], fits: (some: readonly string[]) => boolean): string[][] {
  const groups: string[][] = [[]];
  for (const check of checks) {
    const last = groups.at(-1) as string[];
    if (last.length === 0 || fits([...last, check])) last.push(check);
    else groups.push([check]);
  }
  return groups;
}

const accountIds: Column<Row> = { title: 'account id', cell: ({ accountId }) => accountId };
const regions: Column<Row> = { title: 'Region', cell: ({ region }) => region };

function columnOf(check: string): Column<Row> {
  return {
    title: check,
    cell: (row) => {
      const condition = worstOf(row, check);
      return condition === undefined ? '' : mark[condition];
    },
    colour: (row, colours) => {
      const condition = worstOf(row, check);
      return condition === 'not well'
        ? colours.red
        : condition === 'unknown' || condition === 'notice'
          ? colours.yellow
          : colours.green;
    },
  };
}
