import { Command } from 'commander';
import type { ThawOptions } from '../actions/thaw';
import { ordersUrlOption } from '../orders-url-option';
import { regionOption } from '../region-option';

/** `staunch thaw`: backlog. */
export function thawCommand(finish: (status: number) => void): Command {
  return new Command('thaw')
    .summary('shows the backlog that is frozen, and releases it')
    .description(
      'Shows the fixes that are frozen, because they are backlog; with --list it releases what was shown.',
    )
    .option('--account <account>', 'only of this account, by id or by name')
    .option('--list <list>', 'the list to release, as staunch thaw shows it')
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
Backlog are fixes of dangers that were there before Staunch could fix them. More
than thaw.account of one account's within a day, or thaw.organization of all,
are frozen. Thawing releases exactly the list that was shown. If something has
joined it since, or left it, nothing is released: look at it again. From the
next minute on the hub reads each resource again, and fixes it under the limits.

To look, it requires what staunch findings requires. To release, it requires
execute-api:Invoke on POST /orders of the API staunch-orders, and the right thaw
of the policy's people, for the whole of what is named. It releases the lists of
100 accounts at a time at most.

Exit status: 0 when it was shown or released, 1 when it could not be: the answer
says why; 2 when --list is not valid.

Examples:
  npm run -s staunch -- thaw
  npm run -s staunch -- thaw --account payments-prod
  npm run -s staunch -- thaw --account payments-prod --list 0123456789abcdef`,
    )
    .action(async (options: ThawOptions) => {
      const { runThaw } = await import('../actions/thaw.ts');
      finish(await runThaw(options));
    });
}
