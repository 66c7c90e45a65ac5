import { Command } from 'commander';
import type { PlaceOptions } from '../actions/coverage';
import { placeOptions } from '../coverage/place-options';
import { ordersUrlOption } from '../orders-url-option';
import { regionOption } from '../region-option';

/** `staunch coverage`: who is watched, and what is not. */
export function coverageCommand(finish: (status: number) => void): Command {
  const command = new Command('coverage')
    .summary('who is watched, and what is not and why')
    .description(
      'Lists the accounts and Regions that the policy has watched: when the last patrol went through each, and what is not covered and why.',
    );
  for (const option of placeOptions()) command.addOption(option);
  return command
    .option('--json', 'JSON Lines: an account and Region a line')
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
An account and Region is covered when a patrol went through every resource type
within the time that the policy says, and a third more. Each gap has a line of
its own. What is not covered comes first. A CloudTrail trail that was there and
logs no more is a gap as well; an account that never had one has none.

It requires dynamodb:Query and dynamodb:GetItem on the table staunch-ledger;
execute-api:Invoke on POST /orders of the API staunch-orders; and the right
preview of the policy's people. An account's name or a unit's path also requires
what staunch plan requires of AWS Organizations.

Exit status: 0 when all that was asked for is covered; 1 when something is not,
or it could not be told. Closed and suspended accounts are listed, and count as
covered: nothing runs there.

Examples:
  npm run -s staunch -- coverage
  npm run -s staunch -- coverage --account payments-prod
  npm run -s staunch -- coverage --ou /Workloads --resource-region eu-west-1
  npm run -s staunch -- coverage --json`,
    )
    .action(async (options: PlaceOptions) => {
      const { runCoverage } = await import('../actions/coverage.ts');
      finish(await runCoverage(options));
    });
}
