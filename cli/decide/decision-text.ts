import type { Colors } from 'picocolors/types';
import { findingId } from '../../core/finding';
import type { FindingRecord } from '../../ledger/findings/record';
import { noNames, type PlaceNames } from '../../ledger/organization/place-names';
import type { DecisionResult } from '../../operator/decide/decide-on';
import { printable } from '../../resources/kit/printable';
import { answerText } from '../answer-text';
import { changeLines, lossLines } from '../show/plan-section';

/** A plan that is to be decided on: the diff that `staunch show` prints, and what goes with it. Pure. */
export function planText(record: FindingRecord, heading: string, colours: Colors): string {
  const losses = lossLines(record);
  const name = findingId(record.identity, record.occurrence);
  return [
    colours.bold(`${heading}, ${printable(name)}`),
    ...changeLines(record, colours).map((line) => `  ${line}`),
    ...(losses.length > 0 ? [colours.bold('What goes with it'), ...losses.map((line) => `  ${line}`)] : []),
  ].join('\n');
}

/** What came of a decision; the plan that waits now, where it is another one. Pure. */
export function decisionText(
  { answer, newPlan }: DecisionResult,
  colours: Colors,
  names: PlaceNames = noNames,
): string {
  const text = answerText(answer, colours, names);
  if (newPlan === undefined) return text;
  return [
    text,
    planText(newPlan, 'The plan that waits now', colours),
    'Decide on it with the same command again.',
  ].join('\n');
}
