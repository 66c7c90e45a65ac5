import type { Colors } from 'picocolors/types';
import type { SlackCheck } from '../../operator/slack/check';
import { printable } from '../../resources/kit/printable';

/** What was looked at, a line each, and below what is not well what puts it right. Pure. */
export function slackCheckText(checks: readonly SlackCheck[], colours: Colors): string {
  const marks = {
    well: colours.green('✓'),
    wrong: colours.red('✗'),
    unknown: colours.yellow('?'),
  } as const;
  return checks
    .flatMap(({ check, is, text, cure }) => [
      `${marks[is]} ${colours.bold(check)}: ${printable(text)}`,
      ...(cure === undefined ? [] : [`    ${printable(cure)}`]),
    ])
    .join('\n');
}
