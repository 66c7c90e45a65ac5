import { Command } from 'commander';
import type { PatrolOptions } from '../actions/patrol';
import { placeOptions } from '../coverage/place-options';
import { ordersUrlOption } from '../orders-url-option';
import { regionOption } from '../region-option';

/** `staunch patrol`: a patrol out of turn. */
export function patrolCommand(finish: (status: number) => void): Command {
  const command = new Command('patrol')
    .summary('patrols accounts and Regions now')
    .description(
      'Has accounts and Regions patrolled now: every resource of every type is read live and judged.',
    );
  for (const option of placeOptions()) command.addOption(option);
  return command
    .option('--no-wait', 'only ask for it, and do not wait until it is through')
    .option('--json', 'JSON Lines: an account and Region a line')
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
Without --account and --ou it is everything that the policy has watched. What is
found dangerous goes the same way as every finding: the coordinator reads it
live, and the policy decides. It waits for half an hour at most; the patrol goes
on all the same.

It requires sqs:SendMessage on the queue staunch-patrol, and what staunch
coverage requires.

Exit status: 0 when every resource type was gone through, or with --no-wait,
when it was asked for; 1 when one was not (the answer says why), or something
went wrong.

Examples:
  npm run -s staunch -- patrol --account payments-prod
  npm run -s staunch -- patrol --ou /Workloads --resource-region eu-west-1
  npm run -s staunch -- patrol --no-wait`,
    )
    .action(async (options: PatrolOptions) => {
      const { runPatrol } = await import('../actions/patrol.ts');
      finish(await runPatrol(options));
    });
}
