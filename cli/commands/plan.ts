import { Command } from 'commander';
import { compilePolicy } from '../../config/compile';
import type { CompiledPolicy } from '../../config/compiled';
import type { Exemption } from '../../hub-functions/ledger/exemptions';
import type { FindingRecord } from '../../hub-functions/ledger/record';
import { type DeployedPolicy, deployedPolicy, ifDeployed } from '../hub/deployed-policy';
import { everyFinding } from '../hub/find-finding';
import { shortNames } from '../hub/finding-name';
import { type Hub, withHub } from '../hub/hub';
import { regionOption } from '../hub/region-option';
import { askStructure } from '../organization/ask-structure';
import type { OrganizationStructure } from '../organization/structure';
import { findingsAtOnce, type LedgerState } from '../plan/open-findings';
import { planJson } from '../plan/plan-json';
import { planText } from '../plan/plan-text';
import { type Policies, policyPlan } from '../plan/policy-plan';
import { policyProblems } from '../plan/policy-problems';
import { settingsChanges } from '../plan/settings-changes';
import { isSound, type WholePlan } from '../plan/whole-plan';
import { defaultPolicyFile, loadPolicyFile, type PolicyFile } from '../policy-file';
import { printableJson } from '../printable';
import { standardOutput } from '../terminal';

interface PlanOptions {
  all: boolean;
  json: boolean;
  region?: string;
}

/** `staunch plan`: what a policy would do in the organization, before it is deployed. */
export function planCommand(finish: (status: number) => void): Command {
  return new Command('plan')
    .description(
      'Shows what a policy would do in the organization, and what changes against what is deployed.',
    )
    .argument('[file]', `the policy; ${defaultPolicyFile} when left out`)
    .option('--all', 'also list the accounts in which nothing changes, and those that are not watched', false)
    .option('--json', 'one line of JSON, with everything', false)
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
Changes nothing. Accounts in which something would start being fixed come first. It needs credentials of the hub's account, with
organizations:ListRoots, organizations:ListOrganizationalUnitsForParent and organizations:ListAccountsForParent, dynamodb:Scan,
dynamodb:Query and dynamodb:GetItem on the table staunch-ledger, and lambda:InvokeFunction on the function
staunch-coordinator, which it asks for the policy that is deployed. With credentials of the management account it compares
with nothing.

Exit status: 0 when the plan was made, 1 when the policy is not valid, speaks of what the organization does not have, or cannot be
resolved in every account; or when AWS could not be asked.

Examples:
  npm run -s staunch -- plan
  npm run -s staunch -- plan my-organization.yaml --all
  AWS_PROFILE=security npm run -s staunch -- plan --json`,
    )
    .action(async (given: string | undefined, { all, json, region }: PlanOptions) => {
      const file = loadPolicyFile(given);
      const plan = await withHub(region ?? regionOf(file), (hub) => planOn(hub, file));
      if (json) process.stdout.write(`${printableJson(planJson(plan))}\n`);
      else console.log(planText(plan, { all, colours: standardOutput().colours }));
      finish(isSound(plan) ? 0 : 1);
    });
}

/** The file at hand says where its hub is; the environment may say otherwise. */
function regionOf({ organization }: PolicyFile): string | undefined {
  const { AWS_REGION: region, AWS_DEFAULT_REGION: fallback } = process.env;
  return region || fallback ? undefined : organization.hub.region;
}

async function planOn(hub: Hub, { name, organization }: PolicyFile): Promise<WholePlan> {
  const next = compilePolicy(organization);
  const structure = await askStructure(hub);
  const deployed = await deployedPolicy(hub, organization.hub);
  const policies = policiesOf(next, organization.targets, deployed);
  const ledger = await ledgerState(hub);
  const findings = await plannedFindings(hub, policies, structure, ledger);
  const names = shortNames(ledger.records);
  return {
    file: name,
    problems: policyProblems(next, structure, organization),
    ...('unknown' in deployed && { nothingDeployed: deployed.unknown }),
    settings: 'policy' in deployed ? settingsChanges(next, deployed.policy) : [],
    accounts: policyPlan(policies, structure),
    findings,
    nameOf: ({ record }) => names.get(record) ?? record.finding,
  };
}

function policiesOf(next: CompiledPolicy, targets: readonly string[], deployed: DeployedPolicy): Policies {
  return { next, targets, ...('policy' in deployed && { deployed: deployed.policy }) };
}

/** Nothing, where no hub is deployed. */
async function ledgerState(hub: Hub): Promise<LedgerState> {
  const stops = await ifDeployed(hub, 'ledger', () => hub.stopSwitch.stops());
  return stops === undefined ? { records: [], stops: [] } : { records: await everyFinding(hub), stops };
}

/** What undoing exempted is asked only of the findings that would otherwise be fixed or wait. */
async function plannedFindings(
  hub: Hub,
  policies: Policies,
  structure: OrganizationStructure,
  ledger: LedgerState,
): Promise<WholePlan['findings']> {
  const now = new Date();
  const candidates = findingsAtOnce(policies, structure, ledger, new Map(), now).map(({ record }) => record);
  const undone = await undoneOf(hub, candidates);
  return findingsAtOnce(policies, structure, ledger, undone, now);
}

function undoneOf(hub: Hub, records: readonly FindingRecord[]): Promise<Map<string, Exemption>> {
  return hub.ask('ledger', async () => {
    const found = new Map<string, Exemption>();
    for (const { finding, identity } of records) {
      const exemption = await hub.exemptions.read(identity);
      if (exemption) found.set(finding, exemption);
    }
    return found;
  });
}
