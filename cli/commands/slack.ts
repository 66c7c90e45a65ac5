import { Command } from 'commander';
import type { SlackCheckOptions } from '../actions/slack-check';
import { defaultPolicyFile } from '../policy-file';
import { regionOption } from '../region-option';

/** `staunch slack`: the Slack app of a hub. */
export function slackCommand(finish: (status: number) => void): Command {
  const check = new Command('check')
    .summary('posts and edits a test message, and says what is missing')
    .description('Says whether the policy, the Slack app and the hub fit together.')
    .argument('[file]', `the policy; ${defaultPolicyFile} when left out`)
    .option('--json', 'JSON Lines: what each check says')
    .option(
      '--slack-url <url>',
      "the address of the sandbox's Web API of Slack, as --keep prints it; not its page's",
    )
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
It looks at the token, its scopes and its workspace; posts a test message into
each channel that the policy names, and edits it; and where people decide in
Slack, at the app, at the signing secret, and whether the hub takes what is
signed with it. Everybody in the channels sees the message.

It requires credentials of the hub's account with secretsmanager:GetSecretValue
on the secrets staunch/slack-bot-token and staunch/slack-signing-secret, and
ssm:GetParameter on the parameter /staunch/slack-url.

Exit status: 0 when all is well; 1 when something is missing, wrong or unknown.

Examples:
  AWS_PROFILE=security npm run -s staunch -- slack check
  npm run -s staunch -- slack check my-organization.yaml --json`,
    )
    .action(async (file: string | undefined, options: SlackCheckOptions) => {
      const { runSlackCheck } = await import('../actions/slack-check.ts');
      finish(await runSlackCheck(file, options));
    });
  return new Command('slack')
    .summary('whether the channel works, and the buttons in it')
    .description('Looks after the Slack app of a hub.')
    .addCommand(check)
    .addHelpText(
      'after',
      `
It requires what slack check requires: slack check --help.

Exit status: that of slack check.

Examples:
  npm run -s staunch -- slack check
  npm run -s staunch -- slack check --help`,
    );
}
