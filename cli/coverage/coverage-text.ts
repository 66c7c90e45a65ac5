import { utc } from '../../core/utc';
import { type CoverageGap, type CoverageRow, isMissing } from '../../ledger/coverage/coverage-gaps';
import type { PlaceNames } from '../../ledger/organization/place-names';
import type { Coverage } from '../../operator/coverage/ask-coverage';
import { counted } from '../../operator/text/counted';
import { printable } from '../../resources/kit/printable';
import { type Column, fittedTable } from '../table/fitted-table';
import { wrapped } from '../table/wrapped';
import type { Terminal } from '../terminal';
import { gapText, gapWords } from './gap-text';
import { possibleBlockLines } from './possible-block-text';
import { trailText } from './trail-text';

/** So many words of AWS are told; the table names every gap. */
const mostWords = 20;
/** So many lines tell of confused deputies. */
const mostDeputyLines = 20;

/** A line of the table: a gap, or a place that has none. */
interface Line {
  row: CoverageRow;
  gap?: CoverageGap;
}

/** Coverage as a summary, a table with a line for each gap, and AWS's words. Pure. */
export function coverageText({ rows, every, names }: Coverage, terminal: Terminal): string {
  const lines = rows.flatMap((row): Line[] =>
    row.gaps.length === 0 ? [{ row }] : row.gaps.map((gap) => ({ row, gap })),
  );
  const { order, dispensable } = columnsOf(rows, names);
  const { text } = fittedTable(lines, order, dispensable, terminal);
  const { colours, columns } = terminal;
  const wrap = (line: string, indent = '') => wrapped(line, columns, indent);
  return [
    ...wrap(summaryOf(rows, every)),
    '',
    text,
    ...wordsOf(lines).flatMap((line) => wrap(line, '  ')),
    ...wrap(trailSummary(rows)),
    ...deputyLines(rows).flatMap((line, index) => wrap(line, index === 0 ? '' : '  ')),
    ...possibleBlockLines(rows).flatMap((line, index) => wrap(line, index === 0 ? '' : '  ')),
    ...wrap('Whether the rules of an account work is unknown to the hub.').map((line) => colours.dim(line)),
  ].join('\n');
}

function summaryOf(rows: readonly CoverageRow[], every: number): string {
  const missing = rows.filter(isMissing).length;
  const closed = new Set(
    rows.filter(({ gaps }) => gaps.some(({ why }) => why === 'closed')).map(({ accountId }) => accountId),
  ).size;
  const open = counted(
    rows.length - rows.filter(({ gaps }) => gaps.some(({ why }) => why === 'closed')).length,
    'account and Region',
    'accounts and Regions',
  );
  const said = missing === 0 ? `${open}: all covered.` : `${open}: ${missing} not covered.`;
  const besides = closed === 0 ? '' : ` ${counted(closed, 'account')} closed or suspended.`;
  return `${said}${besides} A patrol comes every ${spanOf(every)}.`;
}

/** In how many open accounts and Regions a trail logs, as the patrol read; since an event may be long in coming where all is calm. */
function trailSummary(rows: readonly CoverageRow[]): string {
  const open = rows.filter(({ gaps }) => !gaps.some(({ why }) => why === 'closed'));
  const logging = open.filter(({ trail }) => trail.isLogging === true).length;
  const none = open.filter(({ trail }) => trail.isLogging === false).length;
  const unknown = open.length - logging - none;
  return [
    `A CloudTrail trail logs in ${logging} of ${open.length}`,
    ...(none > 0 ? [`none logs in ${none}`] : []),
    ...(unknown > 0 ? [`of ${unknown} it is unknown`] : []),
  ]
    .join(', ')
    .concat('.');
}

/** What the patrol reports beside findings, a line for each account and Region. */
function deputyLines(rows: readonly CoverageRow[]): string[] {
  const lines = rows.flatMap(({ accountId, region, confusedDeputies = [] }) =>
    confusedDeputies.map(({ control, count, named }) => {
      const more = count - named.length;
      const names = `${named.map(printable).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
      return `${accountId} ${region}: ${count} by ${control} (${names})`;
    }),
  );
  if (lines.length === 0) return [];
  const left = lines.length - mostDeputyLines;
  return [
    "Policies that let in one of AWS's services, whosever request it acts on (no findings; confusedDeputy decides):",
    ...lines.slice(0, mostDeputyLines),
    ...(left > 0 ? [`${left} more; --json has them.`] : []),
  ];
}

function spanOf(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute');
}

/** AWS's words, each once, with where it said them. */
function wordsOf(lines: readonly Line[]): string[] {
  const places = new Map<string, string[]>();
  for (const { row, gap } of lines) {
    if (!gap?.words) continue;
    const where = `${row.accountId} ${row.region}`;
    const key = gap.words;
    places.set(key, [...(places.get(key) ?? []), `${where}: ${gapWords(gap)}`]);
  }
  const said = [...places.values()].map(([first = '', ...others]) => {
    const more = others.length === 0 ? '' : ` So it says in ${others.length} more.`;
    return printable(`${first}${more}`);
  });
  const left = said.length - mostWords;
  return [...said.slice(0, mostWords), ...(left > 0 ? [`${left} more reasons; --json has them.`] : [])];
}

function columnsOf(
  rows: readonly CoverageRow[],
  names: PlaceNames,
): { order: Column<Line>[]; dispensable: Column<Line>[] } {
  const named = rows.some(({ accountId }) => names.account(accountId) !== undefined);
  const account: Column<Line> = {
    title: 'account',
    cell: ({ row }) => printable(names.account(row.accountId) ?? ''),
    least: 8,
  };
  return {
    order: [...(named ? [account] : []), accountId, region, patrolled, trail, since, missing],
    dispensable: [since, trail, ...(named ? [account] : []), patrolled],
  };
}

const accountId: Column<Line> = { title: 'account id', cell: ({ row }) => row.accountId };
const region: Column<Line> = { title: 'Region', cell: ({ row }) => row.region };
const patrolled: Column<Line> = {
  title: 'last patrol',
  cell: ({ row: { patrolledAt } }) => (patrolledAt === undefined ? 'none of every type' : utc(patrolledAt)),
};
const trail: Column<Line> = { title: 'trail event', cell: ({ row }) => trailText(row.trail) };
const since: Column<Line> = {
  title: 'watched since',
  cell: ({ row }) => (row.since === undefined ? '' : utc(row.since)),
};
const missing: Column<Line> = {
  title: 'not covered',
  cell: ({ gap }) => (gap === undefined ? '' : gapText(gap)),
  colour: ({ gap }, colours) => (gap?.why === 'closed' ? colours.dim : colours.red),
};
