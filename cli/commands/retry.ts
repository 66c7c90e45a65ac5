import { Command } from 'commander';
import type { RetryOptions } from '../actions/retry';
import { ordersUrlOption } from '../orders-url-option';
import { regionOption } from '../region-option';

/** `staunch retry`: a look now at what failed, was given up or is held. */
export function retryCommand(finish: (status: number) => void): Command {
  return new Command('retry')
    .summary('looks now at what failed or is held')
    .description(
      'Looks now at findings that failed, were given up, or are held, and fixes what may be fixed.',
    )
    .argument('<finding...>', 'names as staunch findings prints them, or whole names')
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
It gives the hub one order for each finding, and prints each answer. The
resource is read again. The policy, pauses, freezes, limits and approvals still
count. A name that matches no finding, or several, orders nothing at all. It is
safe to repeat.

It requires what staunch findings requires; execute-api:Invoke on POST /orders
of the API staunch-orders; and the right retry of the policy's people.

Exit status: 0 when all were done, 1 when one was not: its answer says why.

Examples:
  npm run -s staunch -- retry sg-0123456789abcdef0
  npm run -s staunch -- retry photos films
  npm run -s staunch -- findings --failed          # what there is to retry`,
    )
    .action(async (names: string[], options: RetryOptions) => {
      const { runRetry } = await import('../actions/retry.ts');
      finish(await runRetry(names, options));
    });
}
