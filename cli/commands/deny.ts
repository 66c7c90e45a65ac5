import { Command } from 'commander';
import type { DenyOptions } from '../actions/deny';
import { ordersUrlOption } from '../orders-url-option';
import { regionOption } from '../region-option';

/** `staunch deny`: no to a plan. */
export function denyCommand(finish: (status: number) => void): Command {
  return new Command('deny')
    .summary('decides against a plan')
    .description(
      'Decides against the plan of a finding that waits, or withdraws an approval whose fix was not made yet.',
    )
    .argument('<finding>', 'its name as staunch findings prints it, or its whole name')
    .requiredOption('--reason <text>', 'why; the ledger and the channel show it')
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
It shows the plan, and orders the hub to leave the resource alone. There is no
confirmation. If the resource has changed, nothing is decided, and the new plan
is shown. The last decision before the fix counts.
A denial counts until the plan changes, or an operator approves.

It requires what staunch findings requires; execute-api:Invoke on POST /orders
of the API staunch-orders; and the right deny of the policy's people. The ledger
records who decided. staunch whoami says what you may.

Exit status: 0 when the plan is denied, 1 when it is not: the answer says why.

Examples:
  npm run -s staunch -- deny sg-0123456789abcdef0 --reason 'A partner uses it'
  npm run -s staunch -- deny '111122223333#eu-west-1#s3-public-access#logs#2' \\
    --reason 'Public on purpose'`,
    )
    .action(async (name: string, options: DenyOptions) => {
      const { runDeny } = await import('../actions/deny.ts');
      finish(await runDeny(name, options));
    });
}
