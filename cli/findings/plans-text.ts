import type { Colors } from 'picocolors/types';
import { isOpen, states } from '../../core/states';
import type { FindingRecord } from '../../ledger/findings/record';
import { accountText, noNames, type PlaceNames } from '../../ledger/organization/place-names';
import { counted } from '../../operator/text/counted';
import { printable } from '../../resources/kit/printable';
import { changeLines, item, lossLines } from '../show/plan-section';

/**
 * Findings with what changes, account by account: under each its exact changes, as a diff. Pure.
 * @param records in the order in which they are shown within an account
 * @param nameOf what a finding is called on the command line
 * @param places what accounts are called
 */
export function plansText(
  records: readonly FindingRecord[],
  nameOf: (record: FindingRecord) => string,
  colours: Colors,
  places: PlaceNames = noNames,
): string {
  const accounts = new Map<string, FindingRecord[]>();
  for (const record of records) {
    const { accountId } = record.identity;
    accounts.set(accountId, [...(accounts.get(accountId) ?? []), record]);
  }
  const open = records.filter(({ state }) => isOpen(state)).length;
  return [
    ...[...accounts].flatMap(([accountId, own]) => [
      colours.bold(`account ${printable(accountText(accountId, places))}, ${counted(own.length, 'finding')}`),
      ...own.flatMap((record) => findingLines(record, nameOf(record), colours).map((line) => `  ${line}`)),
      '',
    ]),
    `${open} open, ${records.length - open} closed.`,
  ].join('\n');
}

function findingLines(record: FindingRecord, name: string, colours: Colors): string[] {
  const { identity, state, severity, reason } = record;
  const losses = lossLines(record);
  const changes = changeLines(record, colours);
  return [
    printable(`${name}  ${identity.control}, ${identity.region}, ${severity}, ${states[state].title}`),
    ...(reason === undefined ? [] : [`  ${printable(reason)}`]),
    ...(changes.length > 0 ? changes : record.violations.map(({ text }) => item(text))).map(
      (line) => `    ${line}`,
    ),
    ...(losses.length > 0 ? ['  What goes with it:', ...losses.map((line) => `    ${line}`)] : []),
  ];
}
