import { Command } from 'commander';
import type { LimitsOptions } from '../actions/limits';
import { ordersUrlOption } from '../orders-url-option';
import { regionOption } from '../region-option';

/** `staunch limits`: more fixes an hour, for an incident. */
export function limitsCommand(finish: (status: number) => void): Command {
  return new Command('limits')
    .summary('lifts the limits of fixes an hour, for an incident')
    .description('Allows more fixes an hour than the policy does, for a while.')
    .requiredOption('--fixes-per-hour <count>', 'in each account, and in all together')
    .requiredOption(
      '--until <when>',
      'when it ends by itself: 30m, 4h or 2026-12-24T18:00Z; at most 24 hours ahead',
    )
    .requiredOption('--reason <text>', 'why; the ledger and the channel show it')
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
It lowers nothing: where the policy allows more, the policy counts. The number
counts in each account and in all accounts together, so that one account can use
up all of it. The last order counts. When it ends the channel is told, and the
policy's limits count again. It thaws nothing: see staunch thaw.

It requires execute-api:Invoke on POST /orders of the API staunch-orders, and
the right limits of the policy's people, for the whole organization.

Exit status: 0 when the limits are lifted, 1 when they are not (the answer says
why), 2 when an option is not valid.

Examples:
  npm run -s staunch -- limits --fixes-per-hour 500 --until 2h \\
    --reason 'Incident 42'`,
    )
    .action(async (options: LimitsOptions) => {
      const { runLimits } = await import('../actions/limits.ts');
      finish(await runLimits(options));
    });
}
