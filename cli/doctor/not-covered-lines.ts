import type { Diagnosis } from '../../operator/doctor/doctor';
import { printable } from '../../resources/kit/printable';
import { wrapped } from '../table/wrapped';
import type { Terminal } from '../terminal';

/** So many are shown; JSON has every one. */
const mostShown = 30;

/** Which accounts are not covered, and why; nothing where there are none. Pure. */
export function notCoveredLines(
  { verdicts, names }: Diagnosis,
  { columns, colours }: Pick<Terminal, 'columns' | 'colours'>,
): string[] {
  const lines = new Set(
    verdicts.flatMap(({ condition, accountId, text }) => {
      if (condition !== 'not covered' || accountId === undefined) return [];
      const name = names.get(accountId);
      return [
        `  - ${name === undefined ? accountId : `${printable(name)} (${accountId})`}: ${printable(text)}`,
      ];
    }),
  );
  if (lines.size === 0) return [];
  const left = lines.size - mostShown;
  return [
    '',
    'Not covered:',
    ...[...lines].slice(0, mostShown).flatMap((line) => wrapped(line, columns, '    ')),
    ...(left > 0 ? [colours.dim(`  and ${left} more; --json has every one.`)] : []),
  ];
}
