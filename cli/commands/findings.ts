import { Command } from 'commander';
import { customFacts, managedControls } from '../../controls/facts';
import { states } from '../../core/states';
import type { FindingsOptions } from '../actions/findings';
import { stateShortcuts } from '../findings/state-shortcuts';
import { ordersUrlOption } from '../orders-url-option';
import { regionOption } from '../region-option';

/** `staunch findings`: what the ledger holds. */
export function findingsCommand(finish: (status: number) => void): Command {
  const command = new Command('findings')
    .summary('lists what was found')
    .description('Lists findings: open ones first, then the worst, then the newest.');
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
    .option('--json', 'JSON Lines: a finding a line; after them, what is reported beside findings')
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
With --orders-url or STAUNCH_ORDERS_URL the hub tells the findings that you may
see by the right view of the policy's people, in any account of the
organization. That requires execute-api:Invoke on POST /orders of the API
staunch-orders.

Without them it reads the ledger in the hub's account: all findings. That
requires dynamodb:Scan, dynamodb:Query and dynamodb:GetItem on the table
staunch-ledger, with the credentials that the AWS command line would use.
--account with a name also requires what staunch plan requires of AWS
Organizations.

Options that name states add up. If something is paused, the first line says
so; with --json, standard error does. The hub tells pauses that hold for
something that you may see.

Below the findings stands how many policies let in one of AWS's services,
whosever request it acts on: staunch coverage lists them. With --json each
control of an account and Region has a line, without a finding's name. With
--orders-url they are not told.

What AWS's own rules report (${managedControls.map(({ id }) => id).join(', ')}) is told in
the channel, and is no finding: it is not listed.

Exit status: 0 when the findings were read, even if none matches; 1 when they
could not be read, or you may see none.

Examples:
  npm run -s staunch -- findings
  npm run -s staunch -- findings --waiting --plans
  npm run -s staunch -- findings --state waiting --state given-up
  npm run -s staunch -- findings --account payments-prod --all
  AWS_PROFILE=payments npm run -s staunch -- findings \\
    --orders-url https://staunch.example.com/orders
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
