import { Command } from 'commander';
import type { InitOptions } from '../actions/init';
import { defaultPolicyFile } from '../policy-file';

/** `staunch init`: a policy for an organization, by which nothing is changed. */
export function initCommand(finish: (status: number) => void): Command {
  return new Command('init')
    .summary('writes a policy for your organization, all of it off')
    .description(
      'Reads the organization, asks what it cannot know, and writes a policy by which nothing is changed.',
    )
    .argument('[file]', `the policy to write; ${defaultPolicyFile} when left out`)
    .option('--hub <account>', 'the account that decides, by id')
    .option('--hub-region <region>', 'the Region of the hub')
    .option('--regions <regions>', "Regions that are watched, with commas; the hub's is among them", listOf)
    .option('--targets <targets>', 'units by id or path, and accounts by id, with commas; else all', listOf)
    .option('--channel <id>', "the Slack channel's id")
    .option('--alarms <addresses>', 'who receives alarms, with commas', listOf)
    .option('--recorder <mode>', 'where no recorder was found: own or none; own when left out')
    .option('--member-role <role>', 'a role in the members that these credentials may assume')
    .option('--overwrite', 'writes the file though there is one')
    .option('--json', 'one line of JSON: the files that were written')
    .addHelpText(
      'after',
      `
It changes nothing in AWS. Where an account has an AWS Config recorder, the
policy says existing: nothing of it is touched. What the options do not say is
asked on a terminal. A file that is there stays, unless you say otherwise.

It requires credentials of the management account that may read AWS
Organizations and assume a role in the members: AWSControlTowerExecution,
OrganizationAccountAccessRole, or the one that you name. Without such a role it
is unknown which accounts have a recorder, and the policy says so.

The next commands, doctor --before and deploy, are printed: deploy requires
credentials of the hub's account.

Exit status: 0 when the policy is written; 1 when AWS could not be asked, or the
file was left as it is; 2 when an option is missing or means nothing.

Examples:
  AWS_PROFILE=management npm run -s staunch -- init
  AWS_PROFILE=management npm run -s staunch -- init --hub 222222222222 \\
    --hub-region eu-west-1 --channel C0123456789 --overwrite`,
    )
    .action(async (file: string | undefined, options: InitOptions) => {
      const { runInit } = await import('../actions/init.ts');
      const { askerAtTerminal } = await import('../asker/agreed.ts');
      finish(await runInit(file, options, await askerAtTerminal()));
    });
}

/** Parts between commas. */
function listOf(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}
