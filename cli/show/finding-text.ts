import type { Colors } from 'picocolors/types';
import { controlById } from '../../controls/registry';
import { capitalized } from '../../core/capitalized';
import { findingId } from '../../core/finding';
import { lastingFix, openerLine } from '../../core/opener-text';
import { type FindingState, states } from '../../core/states';
import { utc } from '../../core/utc';
import type { FindingRecord } from '../../ledger/findings/record';
import { decisionOf, errorCodeOf, lookAgainOf, nextAttemptOf } from '../../ledger/findings/record-parts';
import { holds } from '../../ledger/findings/undo-exemption';
import { accountText, noNames, withNames } from '../../ledger/organization/place-names';
import { maximumTries } from '../../ledger/transitions/maximum-tries';
import type { FindingDetails } from '../../operator/findings/finding-details';
import { printable } from '../../resources/kit/printable';
import { decisionLine } from './decision-line';
import { historySection } from './history-section';
import { changeLines, item, lossLines, more } from './plan-section';
import { waitsFor } from './waits-for';

/** What the changes of a plan are called: made, or not. */
const planHeadings: Partial<Record<FindingState, string>> = {
  fixed: 'What was changed',
  failed: 'What was to be changed',
  'given-up': 'What was to be changed',
};

/** One finding for people: what it is, what was wrong, why it is as it is, and what changes, as a diff. Pure. */
export function findingText(details: FindingDetails, colours: Colors, now: Date): string {
  const { record, history } = details;
  const { identity, violations, omitted } = record;
  const title = `${capitalized(controlById(identity.control)?.title ?? identity.control)}: ${identity.resourceId}`;
  const sections: [heading: string, lines: string[]][] = [
    ['What was wrong', [...violations.map(({ text }) => item(text)), ...more(omitted?.violations)]],
    ['Why', whyOf(record, details.names)],
    ['What goes with it', lossLines(record)],
    [planHeadings[record.state] ?? 'What would be changed', changeLines(record, colours)],
    ...(history === undefined ? [] : [historySection(identity.resourceType, history, colours)]),
  ];
  return [
    colours.bold(printable(title)),
    ...facts(details, now).map(
      ([name, value]) => `  ${colours.dim(name.padEnd(widestFact))}  ${printable(value)}`,
    ),
    ...sections.flatMap(([heading, lines]) =>
      lines.length === 0 ? [] : ['', colours.bold(heading), ...lines.map((line) => `  ${line}`.trimEnd())],
    ),
  ].join('\n');
}

const widestFact = 'was exempt to'.length;

function facts(
  { record, exemption, names = noNames }: FindingDetails,
  now: Date,
): [name: string, value: string][] {
  const { identity, occurrence, state, severity, flag, decidedBy, attempt, detector, opened } = record;
  const [nextAttemptAt, lookAgainAt] = [nextAttemptOf(record), lookAgainOf(record)];
  const decision = decisionOf(record);
  const { title, meaning } = states[state];
  const rows: [name: string, value: string | undefined][] = [
    ['finding', findingId(identity, occurrence)],
    ['state', `${title}. ${meaning}`],
    ['since', `${utc(record.at)}, look ${attempt}${triesText(record)}`],
    ['severity', severity],
    ['account', accountText(identity.accountId, names)],
    ['lies under', names.unitOf(identity.accountId)],
    ['Region', identity.region],
    ['resource', `${identity.resourceType} ${identity.resourceId}`],
    ['flag', `${flag ?? 'not resolved'}${decidedBy ? `, by ${withNames(decidedBy, names)}` : ''}`],
    ['first seen', `${utc(record.receivedAt)}`],
    ['found by', detector],
    ['opened by', opened && openerLine(opened)],
    ['lasting fix', lastingFix(record)],
    ['waits for', waitsFor(record)],
    ['tried again', nextAttemptAt && `${utc(nextAttemptAt)}`],
    ['next look', lookAgainAt && `${utc(lookAgainAt)}`],
    ['decided', decision && decisionLine(decision)],
    [
      holds(exemption, now) ? 'exempt until' : 'was exempt to',
      exemption && `${utc(exemption.until)}, by ${exemption.by}: ${exemption.reason}`,
    ],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

/** After how many tries in a row it is given up, where it is tried again. */
function triesText({ state, tries }: FindingRecord): string {
  return state === 'failed' ? `, try ${tries} of ${maximumTries}` : '';
}

function whyOf(record: FindingRecord, names = noNames): string[] {
  const { reason } = record;
  const errorCode = errorCodeOf(record);
  const code = errorCode === undefined ? '' : `(${errorCode})`;
  const why = [reason && withNames(reason, names), code].filter(Boolean).join(' ');
  return why === '' ? [] : [printable(why)];
}
