import { Command } from 'commander';
import type { ApproveOptions } from '../actions/approve';
import { ordersUrlOption } from '../orders-url-option';
import { regionOption } from '../region-option';

/** `staunch approve`: yes to plans. */
export function approveCommand(finish: (status: number) => void): Command {
  return new Command('approve')
    .summary('applies plans that wait for a decision')
    .description(
      'Approves plans that wait or were denied, and so applies them: those that it shows, and no others.',
    )
    .argument('<finding...>', 'names as staunch findings prints them, or whole names')
    .option('--reason <text>', 'why; the ledger and the channel show it; break-glass takes one')
    .option('--accept-loss', 'also where something harmless goes with it: the plan says what')
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
It shows each plan, and orders the hub to apply it. There is no confirmation. A
lossy plan also removes something harmless: it requires --accept-loss, and the
refusal says what goes, with the command to paste. Several findings are decided
one after another. A name that matches no finding, or several, orders nothing at
all. If a resource has changed, nothing is decided, and the new plan is shown.

The last decision before the fix counts: you can approve what was denied, and
staunch deny withdraws an approval whose fix was not made yet. An approval
expires after approvals.expire of the policy, 24 h by default.

It requires what staunch findings requires; execute-api:Invoke on POST /orders
of the API staunch-orders; and the right approve of the policy's people. The
ledger records who decided. staunch whoami says what you may.

Exit status: 0 when every plan was applied, waits for its time (a pause, a
limit), or turned out not to be needed any more; 1 when one was not approved,
also where there was nothing to decide, or could not be applied: its answer says
why.

Examples:
  npm run -s staunch -- approve sg-0123456789abcdef0
  npm run -s staunch -- approve sg-0123456789abcdef0 photos films
  npm run -s staunch -- approve website --accept-loss
  npm run -s staunch -- approve photos --reason 'Incident 42: nobody is on call'
  npm run -s staunch -- approve '111122223333#eu-west-1#s3-public-access#logs#2'`,
    )
    .action(async (names: string[], options: ApproveOptions) => {
      const { runApprove } = await import('../actions/approve.ts');
      finish(await runApprove(names, options));
    });
}
