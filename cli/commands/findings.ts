import { Command } from 'commander';
import { customFacts } from '../../controls/facts';
import { states } from '../../core/states';
import type { FindingsOptions } from '../actions/findings';
import { stateShortcuts } from '../findings/state-shortcuts';
import { regionOption } from '../region-option';

/** `staunch findings`: what the ledger holds. */
export function findingsCommand(finish: (status: number) => void): Command {
  const command = new Command('findings')
    .summary('lists what was found')
    .description("Lists the ledger's findings: open ones first, then the worst, then the newest.");
  for (const [name, { text }] of Object.entries(stateShortcuts)) command.option(`--${name}`, text);
  return command
    .option(
      '--state <state>',
      `only in this state; may be given again: ${Object.keys(states).join(', ')}`,
      collect,
    )
    .option('--account <account>', 'only of this account, by id or by name')
    .option('--control <id>', `only of this control: ${customFacts.map(({ id }) => id).join(', ')}`)
    .option('--all', 'earlier occurrences as well, not just the latest of each finding')
    .option('--plans', 'account by account, under each finding its exact changes, as a diff')
    .option('--json', 'JSON Lines: a finding a line')
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
It reads the ledger in the hub's account, with the credentials that the AWS
command line would use. It requires dynamodb:Scan, dynamodb:Query and
dynamodb:GetItem on the table staunch-ledger. --account with a name also
requires what staunch plan requires of AWS Organizations.

Options that name states add up. If something is paused, the first line says
so; with --json, standard error does.

Exit status: 0 when the ledger was read, even if no finding matches; 1 when it
could not be read.

Examples:
  npm run -s staunch -- findings
  npm run -s staunch -- findings --waiting --plans
  npm run -s staunch -- findings --state waiting --state given-up
  npm run -s staunch -- findings --account payments-prod --all
  AWS_PROFILE=security npm run -s staunch -- findings --region eu-west-1 --json`,
    )
    .action(async (options: FindingsOptions) => {
      const { runFindings } = await import('../actions/findings.ts');
      finish(await runFindings(options));
    });
}

function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}
