import type { Colors } from 'picocolors/types';
import { controlById } from '../../controls/registry';
import { cutMiddle } from '../../core/cut-middle';
import { openerName } from '../../core/opener-text';
import { isOpen } from '../../core/states';
import { utc } from '../../core/utc';
import type { FindingRecord } from '../../ledger/findings/record';
import { noNames, type PlaceNames } from '../../ledger/organization/place-names';
import { printable } from '../../resources/kit/printable';
import { type Column, fittedTable } from '../table/fitted-table';
import { wrapped } from '../table/wrapped';
import type { Terminal } from '../terminal';

/**
 * Findings as a table, and under it how many they are. Pure.
 * @param records in the order in which they are shown
 * @param nameOf what a finding is called on the command line; also a name whose middle was cut can be pasted
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
    ...(cut ? ['Paste a name as it is shown, cut or whole. A pipe or --json shows all.'] : []),
  ];
  return [
    text,
    `${open} open, ${records.length - open} closed. One in detail:`,
    '  npm run -s staunch -- show FINDING',
    ...notes.flatMap((note) => wrapped(note, columns)).map((note) => colours.dim(note)),
  ].join('\n');
}

/** The columns, and what a narrow terminal goes without, in this order; the others are what a finding is known by. */
function columnsOf(
  records: readonly FindingRecord[],
  nameOf: (record: FindingRecord) => string,
  places: PlaceNames,
  columns: number,
): { order: Column<FindingRecord>[]; dispensable: Column<FindingRecord>[] } {
  const named = records.some(({ identity }) => places.account(identity.accountId) !== undefined);
  const placed = records.some(({ identity }) => places.unitOf(identity.accountId) !== undefined);
  const told = [
    ...(records.some((record) => record.detector !== undefined) ? [foundBy] : []),
    ...(records.some((record) => record.opened !== undefined) ? [openedBy] : []),
  ];
  const finding: Column<FindingRecord> = {
    title: 'finding',
    cell: (record) => printable(nameOf(record)),
    // How bad it is, and what is wrong, count more than that each name differs.
    least: Math.max(
      leastName,
      Math.min(distinctWidth(records.map((record) => printable(nameOf(record)))), columns - besideName),
    ),
    yields: true,
  };
  const accountId: Column<FindingRecord> = {
    title: 'account id',
    cell: ({ identity }) => printable(identity.accountId),
  };
  const account: Column<FindingRecord> = {
    title: 'account',
    cell: ({ identity }) => printable(places.account(identity.accountId) ?? identity.accountId),
    least: 8,
  };
  const unit: Column<FindingRecord> = {
    title: 'unit',
    cell: ({ identity }) => printable(unitName(places.unitOf(identity.accountId))),
    least: 8,
  };
  return {
    order: [
      finding,
      severity,
      state,
      exposure,
      account,
      ...(named ? [accountId] : []),
      ...(placed ? [unit] : []),
      region,
      changes,
      since,
      ...told,
    ],
    dispensable: [
      ...told,
      ...(named ? [accountId] : []),
      since,
      region,
      changes,
      ...(placed ? [unit] : []),
      exposure,
      severity,
    ],
  };
}

/** A security group's id is as long. */
const leastName = 20;
/** What severity, state, exposure and account take beside it, each as narrow as it may be, with the gaps. */
const besideName = 8 + 9 + 16 + 8 + 4 * 2;
/** Wider no name has to be: at some point the other columns count as much. */
const mostForName = 60;

/** How wide names have to be so that those that differ still do once their middle is cut. */
function distinctWidth(names: readonly string[]): number {
  const different = [...new Set(names)];
  const areDistinct = (width: number) =>
    new Set(different.map((name) => cutMiddle(name, width))).size === different.length;
  for (let width = leastName; width < mostForName; width += 1) if (areDistinct(width)) return width;
  return mostForName;
}

/** The last name of a path: `Production`; the root has none. */
function unitName(path = ''): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}

const severity: Column<FindingRecord> = { title: 'severity', cell: (record) => record.severity };

/** As `--state` takes it. */
const state: Column<FindingRecord> = {
  title: 'state',
  cell: (record) => record.state,
  colour: colourOfState,
  least: 9,
};

const exposure: Column<FindingRecord> = {
  title: 'exposure',
  cell: ({ identity: { control } }) => printable(controlById(control)?.title ?? control),
  least: 16,
};

const region: Column<FindingRecord> = {
  title: 'Region',
  cell: ({ identity }) => printable(identity.region),
};

const changes: Column<FindingRecord> = { title: 'changes', align: 'right', cell: changesOf };

const since: Column<FindingRecord> = { title: 'since', cell: ({ at }) => utc(at) };

/** By what it was found: `rule`, `trail` or `patrol`. */
const foundBy: Column<FindingRecord> = { title: 'found by', cell: ({ detector = '' }) => detector };

const openedBy: Column<FindingRecord> = {
  title: 'opened by',
  cell: ({ opened }) => (opened === undefined ? '' : printable(openerName(opened))),
  least: 8,
};

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
