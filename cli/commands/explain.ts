import { Command, Option } from 'commander';
import { customFacts } from '../../controls/facts';
import type { ExplainOptions } from '../actions/explain';
import { ordersUrlOption } from '../orders-url-option';
import { defaultPolicyFile } from '../policy-file';
import { regionOption } from '../region-option';

/** `staunch explain`: one decision, step by step. */
export function explainCommand(finish: (status: number) => void): Command {
  return new Command('explain')
    .summary('one decision, step by step')
    .description(
      'Explains one decision, step by step: what becomes of a control, or of a resource, in an account.',
    )
    .argument('<account>', 'its id, or its name when no other account has it')
    .argument('<control>', customFacts.map(({ id }) => id).join(' or '))
    .argument('[resource]', "its id: a security group's id, a bucket's name")
    .addOption(
      new Option(
        '--file <file>',
        `by this policy; ${defaultPolicyFile} when left out, and the deployed one against a sandbox`,
      ).conflicts('deployed'),
    )
    .option('--deployed', 'by the policy that is deployed')
    .option('--resource-region <region>', "the resource's Region; that of its finding, or else the hub's")
    .option('--json', 'one line of JSON')
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
It changes nothing, and does not read the resource: it assumes that the resource
is as Staunch saw it last. It requires what staunch plan requires.

Exit status: 0 when there is a decision; 1 when there is none, no account has
that id or name, or AWS could not be asked; 2 when Staunch does not fix the
control, or the id has not the form of the type.

Examples:
  npm run -s staunch -- explain 111122223333 s3-public-access
  npm run -s staunch -- explain payments-prod s3-public-access photos --deployed
  npm run -s staunch -- explain payments-prod s3-public-access photos \\
    --file my-organization.yaml --json`,
    )
    .action(
      async (account: string, control: string, resource: string | undefined, options: ExplainOptions) => {
        const { runExplain } = await import('../actions/explain.ts');
        finish(await runExplain({ account, control, resource }, options));
      },
    );
}
