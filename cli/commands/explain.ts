import { Command, Option } from 'commander';
import { compilePolicy } from '../../config/compile';
import type { CompiledPolicy } from '../../config/compiled';
import { fixableControlIds, unusableControl } from '../../config/known-controls';
import { controlById } from '../../controls/registry';
import { regionPattern } from '../../core/finding';
import { type Asked, aboutResource } from '../../operator/explain/about-resource';
import { type Explanation, explanationOf } from '../../operator/explain/explanation';
import { deployedPolicy, ifDeployed } from '../../operator/hub/deployed-policy';
import { type Hub, withHub } from '../../operator/hub/hub';
import { askStructure } from '../../operator/organization/ask-structure';
import { findAccount } from '../../operator/organization/find-place';
import { liesUnder } from '../../operator/organization/structure';
import { policyProblems } from '../../operator/plan/policy-problems';
import { printable, printableJson } from '../../operator/text/printable';
import { idInstead, isResourceId } from '../../resources/resource-types';
import { explanationJson } from '../explain/explanation-json';
import { explanationText } from '../explain/explanation-text';
import { hubOfPolicy } from '../hub-region';
import { defaultPolicyFile, loadPolicyFile } from '../policy-file';
import { regionOption } from '../region-option';
import { sandboxEndpoint } from '../sandbox-endpoint';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';

interface ExplainOptions {
  file?: string;
  deployed: boolean;
  resourceRegion?: string;
  json: boolean;
  region?: string;
}

/** A policy, and what is known of it. */
interface KnownPolicy {
  policy: CompiledPolicy;
  name: string;
  /** Undefined where they are not known: a compiled policy does not say. */
  targets?: readonly string[];
}

/** `staunch explain`: one decision, step by step. */
export function explainCommand(finish: (status: number) => void): Command {
  return new Command('explain')
    .description(
      'Explains one decision, step by step: what becomes of a control, or of a resource, in an account.',
    )
    .argument('<account>', 'its id, or its name when no other account has it')
    .argument('<control>', fixableControlIds.join(' or '))
    .argument('[resource]', "its id: a security group's id, a bucket's name")
    .addOption(
      new Option(
        '--file <file>',
        `by this policy; ${defaultPolicyFile} when left out, and the deployed one against a sandbox`,
      ).conflicts('deployed'),
    )
    .option('--deployed', 'by the policy that is deployed', false)
    .option('--resource-region <region>', "the resource's Region; that of its finding, or else the hub's")
    .option('--json', 'one line of JSON', false)
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
Changes nothing, and does not read the resource. It needs what staunch plan needs.

Exit status: 0 when the decision can be told, 1 when it cannot, or the account does not exist, or AWS could not be asked.

Examples:
  npm run -s staunch -- explain 111122223333 s3-public-access
  npm run -s staunch -- explain payments-prod security-group-open-ports sg-0123456789abcdef0 --deployed
  npm run -s staunch -- explain payments-prod s3-public-access photos --file my-organization.yaml --json`,
    )
    .action(
      async (account: string, control: string, resource: string | undefined, options: ExplainOptions) => {
        const asked = askedOf(account, control, resource, options);
        const explanation = await withHub(options.region, (hub) => explain(hub, asked, options));
        if (options.json) process.stdout.write(`${printableJson(explanationJson(explanation))}\n`);
        else console.log(explanationText(explanation, standardOutput().colours));
        finish('unresolved' in explanation.ruling ? 1 : 0);
      },
    );
}

function askedOf(
  account: string,
  control: string,
  resource: string | undefined,
  { resourceRegion }: ExplainOptions,
): Asked {
  const known = controlById(control);
  if (known?.kind === 'managed') {
    throw new UserError(
      `${control}: this control is one of AWS Config's managed rules: Staunch reports it and never fixes it, so there is no decision to explain.`,
      2,
    );
  }
  if (known === undefined) throw new UserError(`${printable(control)}: ${unusableControl(control)}`, 2);
  const { resourceType } = known;
  if (resource !== undefined && !isResourceId(resourceType, resource)) {
    throw new UserError(
      `[resource] is ${JSON.stringify(resource)}, which is no resource's id: ${idInstead(resourceType, resource)}`,
      2,
    );
  }
  if (resourceRegion !== undefined && !regionPattern.test(resourceRegion)) {
    throw new UserError(
      `--resource-region is ${JSON.stringify(resourceRegion)}, which is no Region, such as eu-west-1.`,
      2,
    );
  }
  return {
    account,
    control,
    ...(resource !== undefined && { resource }),
    ...(resourceRegion !== undefined && { resourceRegion }),
  };
}

async function explain(hub: Hub, asked: Asked, options: ExplainOptions): Promise<Explanation> {
  const { policy, name, targets } = await knownPolicy(hub, options);
  const structure = await askStructure(hub);
  const account = findAccount(structure, asked.account);
  const stops = await ifDeployed(hub, 'ledger', () => hub.stopSwitch.stops());
  const about = await aboutResource(hub, account.id, asked, stops !== undefined);
  return explanationOf({
    policy,
    policyName: name,
    structure,
    account,
    control: asked.control,
    ...(targets && { watched: liesUnder(account.unit, targets) }),
    ...about,
    stops: stops ?? [],
    ...(stops === undefined && { noLedger: 'There is no ledger here, so it was not asked.' }),
    problems: policyProblems(policy, structure),
    now: new Date(),
  });
}

async function knownPolicy(hub: Hub, { file, deployed }: ExplainOptions): Promise<KnownPolicy> {
  if (!deployed && (file !== undefined || sandboxEndpoint() === undefined)) {
    const { name, organization } = loadPolicyFile(file);
    return { policy: compilePolicy(organization), name, targets: organization.targets };
  }
  const found = await deployedPolicy(hub, hubOfPolicy());
  if ('policy' in found) return { policy: found.policy, name: 'the policy that is deployed' };
  throw new UserError(found.unknown);
}
