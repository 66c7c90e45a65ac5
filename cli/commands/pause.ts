import { Command } from 'commander';
import type { PauseOptions } from '../actions/pause';
import { endForms } from '../end-forms';
import { ordersUrlOption } from '../orders-url-option';
import { scopeOptions } from '../pause/scope-options';
import { regionOption } from '../region-option';

/** `staunch pause`: the stop switch, on. */
export function pauseCommand(finish: (status: number) => void): Command {
  const command = new Command('pause')
    .summary('stops every fix: the stop switch')
    .description('Stops every fix, at once and without a deployment; findings are kept meanwhile.')
    .requiredOption('--reason <text>', 'why; the ledger and the channel show it')
    .option('--until <when>', `when it ends by itself: ${endForms}`);
  for (const option of scopeOptions()) command.addOption(option);
  return command
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
It takes effect before the next write, even of a fix that has begun. Undoing
works meanwhile. A second pause of the same scope replaces the first. Without
--until a pause lasts until staunch resume. With it, the pause ends by itself,
and the channel is told.

It requires execute-api:Invoke on POST /orders of the API staunch-orders, and
the right pause of the policy's people, for the whole of what is named. An
account's name or a unit's path also requires what staunch plan requires of AWS
Organizations.

Exit status: 0 when it is paused, 1 when it is not (the answer says why), 2 when
the reason or the end is not valid.

Examples:
  npm run -s staunch -- pause --reason 'We look into a fix that was wrong'
  npm run -s staunch -- pause --account payments --reason Release --until 2h
  npm run -s staunch -- pause --ou /Workloads/Prod --reason 'Change freeze' \\
    --until 2026-12-24`,
    )
    .action(async (options: PauseOptions) => {
      const { runPause } = await import('../actions/pause.ts');
      finish(await runPause(options));
    });
}
