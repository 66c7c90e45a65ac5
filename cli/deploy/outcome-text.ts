import type { StackOutcome } from '../../operator/deploy/one-stack';
import type { Retrial } from '../../operator/deploy/retry/retry-failed';
import { counted } from '../../operator/text/counted';
import { printable } from '../../resources/kit/printable';
import { commandsOf } from '../doctor/cure-lines';
import type { Terminal } from '../terminal';

/** What came of each stack, with what to do where it failed. Pure. */
export function outcomeText(
  stacks: readonly StackOutcome[],
  done: string,
  { colours }: Pick<Terminal, 'colours'>,
): string {
  return stacks.flatMap((outcome) => linesOf(outcome, done, colours)).join('\n');
}

function linesOf(
  { stack, ok, said, cure, removed }: StackOutcome,
  done: string,
  colours: Terminal['colours'],
): string[] {
  if (ok) return [colours.green(`✓ ${stack}: ${removed ? 'removed' : done}`)];
  return [
    colours.red(`✗ ${stack}: failed`),
    ...said.map((line) => `  ${printable(line)}`),
    ...(cure === undefined
      ? []
      : [
          ...(cure.says === undefined ? [] : [`  ${printable(cure.says)}`]),
          `  With credentials of account ${cure.account}:`,
          ...commandsOf(cure).map((command) => `    ${command}`),
        ]),
  ];
}

/** What came of trying failed stacks of members again, where some had failed. Pure. */
export function retrialLines(retried: readonly Retrial[]): string[] {
  return retried.flatMap(({ failed, left, refused }) => {
    if (failed === 0) return [];
    const had = `${counted(failed, 'stack')} of members had failed`;
    if (refused !== undefined)
      return [
        `${had}. AWS takes no other try by these credentials: ${refused} The hub tries within the hour.`,
      ];
    return [`${had}, and were tried again: ${left === 0 ? 'none is left' : `${left} failed once more`}.`];
  });
}
