import Table from 'cli-table3';
import type { Colors } from 'picocolors/types';
import { isOpen, states } from '../../contract/states';
import type { FindingRecord } from '../../hub-functions/ledger/record';
import { minute } from '../minute';
import { printable } from '../printable';
import type { Terminal } from '../terminal';

/** A column of the table. */
interface Column {
  title: string;
  align?: 'right';
  cell: (record: FindingRecord, name: string) => string;
  colour?: (record: FindingRecord, colours: Colors) => (text: string) => string;
}

const columns = {
  finding: { title: 'finding', cell: (_record, name) => printable(name) },
  state: { title: 'state', cell: ({ state }) => states[state].title, colour: colourOfState },
  severity: { title: 'severity', cell: ({ severity }) => severity },
  account: { title: 'account', cell: ({ identity }) => printable(identity.accountId) },
  region: { title: 'Region', cell: ({ identity }) => printable(identity.region) },
  changes: { title: 'changes', align: 'right', cell: changesOf },
  since: { title: 'since (UTC)', cell: ({ at }) => minute(at) },
} as const satisfies Record<string, Column>;

const order: readonly Column[] = Object.values(columns);

/** What a narrow terminal goes without, in this order; the others are what a finding is known by. */
const dispensable: readonly Column[] = [columns.since, columns.changes, columns.severity, columns.region];

/**
 * Findings as a table, and under it how many they are. Pure.
 * @param records in the order in which they are shown
 * @param nameOf what a finding is called on the command line; it is never cut
 */
export function findingsTable(
  records: readonly FindingRecord[],
  nameOf: (record: FindingRecord) => string,
  { colours, columns: width }: Terminal,
): string {
  const shown = [...order];
  const left: string[] = [];
  for (const column of dispensable) {
    if (widthOf(shown, records, nameOf) <= width) break;
    shown.splice(shown.indexOf(column), 1);
    left.push(column.title);
  }
  const table = new Table({
    head: shown.map(({ title }) => colours.bold(title)),
    colAligns: shown.map(({ align }) => align ?? 'left'),
    style: { head: [], border: [], compact: true },
  });
  for (const record of records) {
    table.push(
      shown.map(({ cell, colour }) => {
        const text = cell(record, nameOf(record));
        return colour === undefined ? text : colour(record, colours)(text);
      }),
    );
  }
  const open = records.filter(({ state }) => isOpen(state)).length;
  return [
    table.toString(),
    `${open} open, ${records.length - open} closed. What is wrong with one, and what changes: staunch show FINDING`,
    ...(left.length > 0 ? [colours.dim(`A wider terminal also shows: ${left.reverse().join(', ')}.`)] : []),
  ].join('\n');
}

/** A line, a blank on both sides of each cell, and a line at the end. */
function widthOf(
  shown: readonly Column[],
  records: readonly FindingRecord[],
  nameOf: (record: FindingRecord) => string,
): number {
  const widths = shown.map(({ title, cell }) =>
    Math.max(title.length, ...records.map((record) => cell(record, nameOf(record)).length)),
  );
  return widths.reduce((sum, width) => sum + width + 3, 1);
}

/** How many changes the plan has, and whether something harmless goes with them. */
function changesOf({ plan, omitted }: FindingRecord): string {
  if (plan === undefined) return '';
  const changes = plan.changes.length + (omitted?.changes ?? 0);
  return plan.lossy ? `lossy, ${changes}` : String(changes);
}

function colourOfState({ state }: FindingRecord, colours: Colors): (text: string) => string {
  if (!isOpen(state)) return colours.green;
  return state === 'failed' || state === 'given-up' ? colours.red : colours.magenta;
}
