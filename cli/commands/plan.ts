import { Command } from 'commander';
import { customControls } from '../../controls/registry';
import { verdictCodeOf } from '../../infra/verdict-code';
import { planPolicy } from '../../operator/plan/plan-policy';
import { isSound } from '../../operator/plan/whole-plan';
import type { PolicyChoice } from '../../operator/policy-file';
import { printableJson } from '../../resources/kit/printable';
import { chosenPolicy } from '../chosen-policy';
import { hubOfPolicy } from '../hub-region';
import { planJson } from '../plan/plan-json';
import { planText } from '../plan/plan-text';
import { defaultPolicyFile } from '../policy-file';
import { regionOption } from '../region-option';
import { sandboxEndpoint } from '../sandbox-endpoint';
import { standardOutput } from '../terminal';
import { withHub } from '../with-hub';

interface PlanOptions {
  all?: boolean;
  account?: string;
  json?: boolean;
  region?: string;
}

/** `staunch plan`: what a policy would do in the organization, before it is deployed. */
export function planCommand(finish: (status: number) => void): Command {
  return new Command('plan')
    .description(
      'Shows what a policy would do in the organization, and what changes against what is deployed.',
    )
    .argument(
      '[file]',
      `the policy; ${defaultPolicyFile} when left out, and the deployed one against a sandbox`,
    )
    .option('--all', 'also list the accounts in which nothing changes, and those that are not watched')
    .option('--account <account>', 'only this account, by id or by name')
    .option('--json', 'one line of JSON, with everything')
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
It changes nothing. Accounts in which Staunch would start fixing come first.
What AWS Config judges again is told for the code of this checkout.

It requires credentials of the hub's account, with
organizations:ListRoots, organizations:ListOrganizationalUnitsForParent and
organizations:ListAccountsForParent; dynamodb:Scan, dynamodb:Query and
dynamodb:GetItem on the table staunch-ledger; and lambda:InvokeFunction on the
function staunch-coordinator, which it asks for the deployed policy. With
credentials of the management account it compares with nothing.

Exit status: 0 when the plan was made; 1 when the policy is not valid, names
what the organization does not have, or cannot be resolved in every account, or
when AWS could not be asked.

Examples:
  npm run -s staunch -- plan
  npm run -s staunch -- plan my-organization.yaml --all
  AWS_PROFILE=security npm run -s staunch -- plan --json`,
    )
    .action(async (given: string | undefined, { all = false, account, json, region }: PlanOptions) => {
      const choice = await choiceOf(given);
      const plan = await withHub(region ?? regionOf(choice), (hub) =>
        planPolicy(hub, choice, {
          ...(account !== undefined && { account }),
          // What is deployed with the policy is the code at hand.
          verdictCode: () => verdictCodeOf(customControls),
        }),
      );
      if (json) process.stdout.write(`${printableJson(planJson(plan))}\n`);
      else console.log(planText(plan, { all, colours: standardOutput().colours }));
      finish(isSound(plan) ? 0 : 1);
    });
}

async function choiceOf(given: string | undefined): Promise<PolicyChoice> {
  return given === undefined && sandboxEndpoint() !== undefined
    ? { deployedAt: hubOfPolicy() }
    : { file: await chosenPolicy(given) };
}

/** A file says where its hub is; the environment may say otherwise. */
function regionOf(choice: PolicyChoice): string | undefined {
  const { AWS_REGION: region, AWS_DEFAULT_REGION: fallback } = process.env;
  return region || fallback || !('file' in choice) ? undefined : choice.file.organization.hub.region;
}
