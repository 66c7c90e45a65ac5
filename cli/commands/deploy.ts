import { Command } from 'commander';
import type { DeployOptions } from '../actions/deploy';
import { ordersUrlOption } from '../orders-url-option';
import { defaultPolicyFile } from '../policy-file';

/** `staunch deploy`: the hub, the pilot and the rest, in the right order. */
export function deployCommand(finish: (status: number) => void): Command {
  return new Command('deploy')
    .summary('deploys the hub, the pilot and the rest, in order')
    .description(
      'Shows what a policy deploys, and deploys it: the hub, the pilot, and the rest once the pilot is well.',
    )
    .argument('[file]', `the policy; ${defaultPolicyFile} when left out`)
    .option('--account <account>', 'deploys into this account alone: management, or an id')
    .option('--preview-only', 'shows what would be deployed, and deploys nothing')
    .option('--yes', 'does not ask before it deploys')
    .option('--json', 'one line of JSON: what came of each stack, and what the doctor says')
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
A first deployment makes the hub before the members; an update changes the
members first. Accounts that failed are named with AWS's reason and what cures
it, and keep no other account waiting.

It may be ended at any time: called again, it goes on where it stopped. Two at
once do no harm: CloudFormation works on a stack once at a time, and the later
one waits. It runs the AWS CDK of this checkout.

Its preview says what is made, what that may change and what it is estimated to
cost.

Stacks of members that failed are tried again at once, as when an account comes
to another stack set while the one before still has the role there. Where the
stack sets are of a version that had two, it removes them first, and says before
it asks who is not watched meanwhile.

An account that no stack set reaches, such as the management account, gets its
stacks with --account, and credentials of that account, which has to be
bootstrapped for the AWS CDK in each of the policy's Regions, and be listed in
targets by its id. Deploy the hub first.

Where accounts came, moved or went since the structure file was written, it says
so, and deploys nothing if that makes a difference.

It requires credentials of the hub's account that may use the roles of its CDK
bootstrap, and what staunch doctor requires: docs/deployer-policy.json has it.
Where an earlier policy had a pilot and this one has none, and to come from a
version with two stack sets, it also requires cloudformation:DeleteStack.

Exit status: 0 when all is deployed and well; 1 when a stack or an account
failed, the pilot is not well, the credentials are another account's, or you did
not agree; 2 when nobody could be asked and --yes is missing.

Examples:
  npm run -s staunch -- deploy --preview-only
  AWS_PROFILE=security npm run -s staunch -- deploy
  AWS_PROFILE=management npm run -s staunch -- deploy --account management
  npm run -s staunch -- deploy my-organization.yaml --yes --json`,
    )
    .action(async (file: string | undefined, options: DeployOptions) => {
      const { runDeploy } = await import('../actions/deploy.ts');
      finish(await runDeploy(file, options));
    });
}
