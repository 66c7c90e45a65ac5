import { Command, Option } from 'commander';
import type { PlanOptions } from '../actions/plan';
import { ordersUrlOption } from '../orders-url-option';
import { defaultPolicyFile } from '../policy-file';
import { regionOption } from '../region-option';

/** `staunch plan`: what a policy would do in the organization, before it is deployed. */
export function planCommand(finish: (status: number) => void): Command {
  return new Command('plan')
    .summary('what a policy would do, before it is deployed')
    .description(
      'Shows what a policy would do in the organization, and what changes against what is deployed.',
    )
    .argument(
      '[file]',
      `the policy; ${defaultPolicyFile} when left out, and the deployed one against a sandbox`,
    )
    .option('--all', 'also list the accounts in which nothing changes, and those that are not watched')
    .option('--account <account>', 'only this account, by id or by name')
    .addOption(
      new Option('--cost', 'also what the policy is estimated to cost in a month').conflicts('account'),
    )
    .option('--json', 'one line of JSON, with everything')
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
It changes nothing. Accounts in which Staunch would start fixing come first.
What AWS Config judges again is told for the code of this checkout.

--cost counts the accounts that are watched by whose AWS Config recorder stands
in them. Its dollars are an estimate, printed with what it assumes;
docs/costs.md has the formulas.

It requires credentials of the hub's account, with
organizations:ListRoots, organizations:ListOrganizationalUnitsForParent and
organizations:ListAccountsForParent; dynamodb:Scan, dynamodb:Query and
dynamodb:GetItem on the table staunch-ledger; and to be told the deployed
policy, execute-api:Invoke on POST /orders of the API staunch-orders and the
right preview of that policy's people. With credentials of the management
account it compares with nothing.

Exit status: 0 when the plan was made; 1 when the policy is not valid, names
what the organization does not have, or cannot be resolved in every account, or
when AWS could not be asked.

Examples:
  npm run -s staunch -- plan
  npm run -s staunch -- plan my-organization.yaml --all
  npm run -s staunch -- plan my-organization.yaml --cost
  AWS_PROFILE=security npm run -s staunch -- plan --json`,
    )
    .action(async (file: string | undefined, options: PlanOptions) => {
      const { runPlan } = await import('../actions/plan.ts');
      finish(await runPlan(file, options));
    });
}
