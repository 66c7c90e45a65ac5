import type { Colors } from 'picocolors/types';
import { isOpen, states } from '../../core/states';
import { noNames, type PlaceNames } from '../../ledger/place-names';
import type { FindingRecord } from '../../ledger/record';
import { minute } from '../../operator/text/minute';
import { printable } from '../../resources/kit/printable';
import { type Column, fittedTable } from '../table/fitted-table';
import { wrapped } from '../table/wrapped';
import type { Terminal } from '../terminal';

/**
 * Findings as a table, and under it how many they are. Pure.
 * @param records in the order in which they are shown
 * @param nameOf what a finding is called on the command line; it is cut only where nothing else can go
 * @param places what accounts are called
 */
export function findingsTable(
  records: readonly FindingRecord[],
  nameOf: (record: FindingRecord) => string,
  terminal: Terminal,
  places: PlaceNames = noNames,
): string {
  const { order, dispensable } = columnsOf(records, nameOf, places, terminal.columns);
  const { text, left, cut } = fittedTable(records, order, dispensable, terminal);
  const { colours, columns } = terminal;
  const open = records.filter(({ state }) => isOpen(state)).length;
  const notes = [
    ...(left.length > 0 ? [`A wider terminal also shows: ${left.join(', ')}.`] : []),
    ...(cut ? ['A wider terminal, a pipe, or --json shows what was cut.'] : []),
  ];
  return [
    text,
    ...wrapped(
      `${open} open, ${records.length - open} closed. What is wrong with one, and what changes: npm run -s staunch -- show FINDING`,
      columns,
    ),
    ...notes.flatMap((note) => wrapped(note, columns)).map((note) => colours.dim(note)),
  ].join('\n');
}

/** Below this many columns even what findings are sorted by has no place beside what they are called. */
const narrow = 60;

/** The columns, and what a narrow terminal goes without, in this order; the others are what a finding is known by. */
function columnsOf(
  records: readonly FindingRecord[],
  nameOf: (record: FindingRecord) => string,
  places: PlaceNames,
  width: number,
): { order: Column<FindingRecord>[]; dispensable: Column<FindingRecord>[] } {
  const idOf = ({ identity }: FindingRecord) => printable(identity.accountId);
  const named = records.some(({ identity }) => places.account(identity.accountId) !== undefined);
  const placed = records.some(({ identity }) => places.unitOf(identity.accountId) !== undefined);
  const accountId: Column<FindingRecord> = { title: 'account id', cell: idOf };
  const account: Column<FindingRecord> = {
    title: 'account',
    cell: (record) => printable(places.account(record.identity.accountId) ?? record.identity.accountId),
  };
  const unit: Column<FindingRecord> = {
    title: 'unit',
    cell: ({ identity }) => printable(places.unitOf(identity.accountId) ?? ''),
  };
  const severity: Column<FindingRecord> = { title: 'severity', cell: (record) => record.severity };
  const region: Column<FindingRecord> = {
    title: 'Region',
    cell: ({ identity }) => printable(identity.region),
  };
  const changes: Column<FindingRecord> = { title: 'changes', align: 'right', cell: changesOf };
  const since: Column<FindingRecord> = { title: 'since (UTC)', cell: ({ at }) => minute(at) };
  return {
    order: [
      { title: 'finding', cell: (record) => printable(nameOf(record)) },
      { title: 'state', cell: ({ state }) => states[state].title, colour: colourOfState },
      severity,
      account,
      ...(named ? [accountId] : []),
      ...(placed ? [unit] : []),
      region,
      changes,
      since,
    ],
    dispensable: [
      ...(named ? [accountId] : []),
      since,
      changes,
      ...(placed ? [unit] : []),
      region,
      ...(width < narrow ? [severity] : []),
    ],
  };
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
