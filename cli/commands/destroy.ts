import { Command } from 'commander';
import type { DestroyOptions } from '../actions/destroy';
import { defaultPolicyFile } from '../policy-file';

/** `staunch destroy`: removes Staunch from every account. */
export function destroyCommand(finish: (status: number) => void): Command {
  return new Command('destroy')
    .summary('removes Staunch from every account, and the hub')
    .description('Deletes the stack sets from every account, and then the hub. What was fixed stays fixed.')
    .argument('[file]', `the policy; ${defaultPolicyFile} when left out`)
    .option('--account <account>', 'removes the stacks of this account alone: management, or an id')
    .option(
      '--take-ledger',
      'deletes the ledger and the saved states too: irreversible, no fix can be undone',
    )
    .option('--take-bucket', "deletes the bucket with AWS Config's history too: irreversible")
    .option('--yes', 'does not ask before it deletes')
    .option('--json', 'one line of JSON: what came of each stack')
    .addHelpText(
      'after',
      `
The tables staunch-ledger and staunch-saved-states and the delivery bucket stay,
unless you say otherwise; a later deployment into the same account goes on with
them. It asks for the hub's account id first.

With --account, and credentials of that account, it removes the stacks that
deploy --account made there, and asks for that account's id. Do so before the
hub goes.

It may be ended at any time: called again, it goes on where it stopped. Two at
once do no harm: CloudFormation works on a stack once at a time.

It requires credentials of the hub's account that may use the roles of its CDK
bootstrap; where an earlier policy had a pilot and this one has none,
cloudformation:DeleteStack; with --take-ledger, dynamodb:UpdateTable and
dynamodb:DeleteTable; with --take-bucket, s3:ListBucketVersions,
s3:DeleteObjectVersion and s3:DeleteBucket.

In the management account, trusted access for StackSets, the hub as a delegated
administrator and changed service control policies stay: it says so at the end.

Exit status: 0 when all is removed; 1 when something failed, or you did not
agree; 2 when nobody could be asked and --yes is missing.

Examples:
  AWS_PROFILE=security npm run -s staunch -- destroy
  AWS_PROFILE=management npm run -s staunch -- destroy --account management
  npm run -s staunch -- destroy my-organization.yaml --yes --json`,
    )
    .action(async (file: string | undefined, options: DestroyOptions) => {
      const { runDestroy } = await import('../actions/destroy.ts');
      finish(await runDestroy(file, options));
    });
}
