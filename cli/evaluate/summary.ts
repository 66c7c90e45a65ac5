import type { ControlSummary, Summary } from '../../operator/evaluate/summary';
import { type Column, fittedTable } from '../table/fitted-table';
import type { Terminal } from '../terminal';

const columns: Column<ControlSummary>[] = [
  { title: 'severity', cell: ({ severity }) => severity },
  { title: 'control', cell: ({ control }) => control },
  number('non-compliant', ({ nonCompliant }) => nonCompliant),
  number('violations', ({ violations }) => violations),
  number('compliant', ({ compliant }) => compliant),
  number('undecided', ({ undecided }) => undecided),
  number('not applicable', ({ notApplicable }) => notApplicable),
];

/** What an evaluation came to, as a table: the worst controls first. */
export function summaryText({ controls, bySeverity, failed }: Summary, terminal: Terminal): string {
  const dispensable = columns.filter(({ title }) => /violations|not applicable/.test(title));
  const worst = Object.entries(bySeverity).map(([severity, count]) => `${grouped(count)} ${severity}`);
  const { text, left } = fittedTable(controls, columns, dispensable, terminal);
  return [
    text,
    ...(left.length > 0 ? [terminal.colours.dim(`A wider terminal also shows: ${left.join(', ')}.`)] : []),
    '',
    `Non-compliant by severity: ${worst.join(', ')}.`,
    ...(failed > 0 ? [`Not understood: ${grouped(failed)}.`] : []),
  ].join('\n');
}

function number(title: string, of: (summary: ControlSummary) => number): Column<ControlSummary> {
  return { title, align: 'right', cell: (summary) => grouped(of(summary)) };
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
