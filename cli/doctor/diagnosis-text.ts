import type { Diagnosis } from '../../operator/doctor/doctor';
import { isWell, type Verdict } from '../../operator/doctor/verdict';
import { counted } from '../../operator/text/counted';
import { wrapped } from '../table/wrapped';
import type { Terminal } from '../terminal';
import { cureBlocks } from './cure-blocks';
import { mark } from './mark';
import { notCoveredLines } from './not-covered-lines';
import { placeTable } from './place-table';

/**
 * What a doctor says: what holds for all, a table with a line for each account and Region, what to do, and who is not covered. Pure.
 * @param telling whether lines are told in which all is well, too; and the policy's file, as the person at the keyboard named it
 */
export function diagnosisText(
  diagnosis: Diagnosis,
  terminal: Terminal,
  { all = false, file }: { all?: boolean; file?: string | undefined } = {},
): string {
  const { verdicts } = diagnosis;
  const { colours, columns } = terminal;
  const ofAll = verdicts.filter(({ accountId }) => accountId === undefined);
  const table = placeTable(diagnosis, terminal, all);
  return [
    ...ofAll.flatMap(({ condition, text }) => wrapped(`${mark[condition]} ${text}`, columns, '  ')),
    ...(table === undefined ? [] : ['', table]),
    ...cureBlocks(diagnosis, terminal, file),
    ...notCoveredLines(diagnosis, terminal),
    '',
    colours.bold(summaryOf(verdicts)),
  ]
    .join('\n')
    .trimStart();
}

function summaryOf(verdicts: readonly Verdict[]): string {
  const of = (condition: Verdict['condition']) =>
    verdicts.filter((verdict) => verdict.condition === condition).length;
  const notices = of('notice');
  if (verdicts.every(isWell))
    return `All is well: ${counted(of('well'), 'check')}${notices > 0 ? `, and ${counted(notices, 'notice')}` : ''}.`;
  const parts = [`${of('not well')} not well`, `${of('unknown')} unknown`, `${of('well')} well`];
  if (notices > 0) parts.push(counted(notices, 'notice'));
  const notCovered = of('not covered');
  if (notCovered > 0) parts.push(`${notCovered} not covered`);
  return `${counted(verdicts.length, 'check')}: ${parts.join(', ')}.`;
}
