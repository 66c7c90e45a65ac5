import { Command } from 'commander';
import type { ShowOptions } from '../actions/show';
import { ordersUrlOption } from '../orders-url-option';
import { regionOption } from '../region-option';

/** `staunch show`: everything about one finding. */
export function showCommand(finish: (status: number) => void): Command {
  return new Command('show')
    .summary('everything about one finding, its changes as a diff')
    .description('Shows one finding: what was wrong, why it is as it is, and what changes, as a diff.')
    .argument('<finding>', 'its name as staunch findings prints it, or its whole name')
    .option('--json', 'one line of JSON')
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
A finding's name is account#region#control#resource#occurrence. Without the
occurrence it means the latest one. Any end of the name that no other finding
has is enough, mostly the resource's id; a name that a table cut is understood
too. For a fix it shows the resource before and after.

With --orders-url or STAUNCH_ORDERS_URL the hub tells it, as staunch findings
says. Without them it reads the ledger: that requires what staunch findings
requires, and dynamodb:Query on the table staunch-saved-states.

Exit status: 0 when there is such a finding; 1 when there is none, or none that
you may see, or it could not be read.

Examples:
  npm run -s staunch -- show sg-0123456789abcdef0
  npm run -s staunch -- show '111122223333#eu-west-1#s3-public-access#photos#2'
  npm run -s staunch -- show photos --json`,
    )
    .action(async (name: string, options: ShowOptions) => {
      const { runShow } = await import('../actions/show.ts');
      finish(await runShow(name, options));
    });
}
