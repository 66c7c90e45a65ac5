import Table from 'cli-table3';
import type { Colors } from 'picocolors/types';
import { cutMiddle } from '../../core/cut-middle';
import { textWidth } from '../../core/text-width';
import type { Terminal } from '../terminal';

/** A column of a table. */
export interface Column<Row> {
  title: string;
  align?: 'right';
  cell: (row: Row) => string;
  colour?: (row: Row, colours: Colors) => (text: string) => string;
  /** How narrow it may become so that no column has to go; as wide as its longest cell where left out. */
  least?: number;
  /** It becomes narrow before the others do. */
  yields?: boolean;
}

/** A table that fits a terminal. */
export interface FittedTable {
  text: string;
  /** Titles of the columns that had no place. */
  left: string[];
  /** Whether a cell lost its middle. */
  cut: boolean;
}

/**
 * A table that is not wider than the terminal: a line of titles, a rule, a line for each row. First columns become as narrow as they may, then those that can be spared go, then
 * the widest cells lose more of their middle. Pure.
 * @param columns in the order in which they are shown
 * @param dispensable those that can be spared, the first one first
 */
export function fittedTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  dispensable: readonly Column<Row>[],
  { colours, columns: width }: Terminal,
): FittedTable {
  const cells = new Map(columns.map((column) => [column, rows.map(column.cell)]));
  const longest = (column: Column<Row>) =>
    Math.max(textWidth(column.title), ...(cells.get(column) ?? []).map(textWidth));
  const least = (column: Column<Row>) => Math.min(longest(column), column.least ?? Number.POSITIVE_INFINITY);
  const shown = [...columns];
  for (const column of dispensable) {
    if (inAll(shown.map(least)) <= width) break;
    shown.splice(shown.indexOf(column), 1);
  }
  const wish = shown.map((column) => (column.yields ? least(column) : longest(column)));
  const yielding = narrowed(shown.map(longest), wish, width, 'no further');
  const widths = narrowed(yielding, shown.map(least), width);
  const table = new Table({
    chars: noLines,
    colAligns: shown.map(({ align }) => align ?? 'left'),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(
    shown.map(({ title }, index) => colours.bold(cutMiddle(title, widths[index] ?? 0))),
    widths.map((width) => colours.dim('─'.repeat(width))),
  );
  rows.forEach((row, number) => {
    table.push(
      shown.map((column, index) => {
        const text = cutMiddle(cells.get(column)?.[number] ?? '', widths[index] ?? 0);
        return column.colour === undefined ? text : column.colour(row, colours)(text);
      }),
    );
  });
  return {
    text: table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n'),
    left: columns.filter((column) => !shown.includes(column)).map(({ title }) => title),
    cut: shown.some((column, index) => longest(column) > (widths[index] ?? 0)),
  };
}

const gap = '  ';

/** Columns stand apart by a gap alone: lines between them would cost what cells have to say. */
const noLines = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
  ].map((place) => [place, '']),
);
noLines.middle = gap;

/** How wide a table of such columns is. */
function inAll(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
}

/** Takes from the widest that is above its least; where that is not enough, and further is meant, from the widest of all. */
function narrowed(widths: number[], least: readonly number[], columns: number, end?: 'no further'): number[] {
  while (inAll(widths) > columns) {
    const above = widths.map((width, index) => (width > (least[index] ?? 0) ? width : 0));
    if (end && Math.max(...above) === 0) break;
    const widest = Math.max(...above) > 0 ? above : widths;
    const most = Math.max(...widest);
    if (most <= 1) break;
    const index = widest.indexOf(most);
    widths[index] = most - 1;
  }
  return widths;
}
