import { Command } from 'commander';
import type { WhoamiOptions } from '../actions/whoami';
import { ordersUrlOption } from '../orders-url-option';
import { regionOption } from '../region-option';

/** `staunch whoami`: what the policy gives these credentials. */
export function whoamiCommand(finish: (status: number) => void): Command {
  return new Command('whoami')
    .summary('who you are to the hub, and what you may')
    .description('Says whom the hub takes you for, and what the policy gives you, where.')
    .option('--json', 'one line of JSON')
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
Who you are is what AWS has verified of the credentials that the AWS command
line would use: a role, a user, or a person of IAM Identity Center. A role's
sessions may call themselves anything; that is shown, and gives no right.

It requires execute-api:Invoke on POST /orders of the API staunch-orders, and no
right of the policy. Without a URL it also requires ssm:GetParameter on the
parameter /staunch/orders-url in the hub's account.

Exit status: 0 when the hub has said it, even if you may do nothing; 1 when it
could not be asked.

Examples:
  npm run -s staunch -- whoami
  npm run -s staunch -- whoami --json
  AWS_PROFILE=payments npm run -s staunch -- whoami \\
    --orders-url https://staunch.example.com/orders`,
    )
    .action(async (options: WhoamiOptions) => {
      const { runWhoami } = await import('../actions/whoami.ts');
      finish(await runWhoami(options));
    });
}
