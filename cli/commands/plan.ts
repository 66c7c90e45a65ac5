import { Command } from 'commander';
import { compilePolicy } from '../../config/compile';
import type { CompiledPolicy } from '../../config/compiled';
import type { Organization } from '../../config/organization';
import { customControls } from '../../controls/registry';
import { verdictCodeOf } from '../../infra/verdict-code';
import type { Exemption } from '../../ledger/exemptions';
import type { FindingRecord } from '../../ledger/record';
import { everyFinding } from '../../operator/findings/find-finding';
import { shortNames } from '../../operator/findings/finding-name';
import { type DeployedPolicy, deployedPolicy, ifDeployed } from '../../operator/hub/deployed-policy';
import { type Hub, withHub } from '../../operator/hub/hub';
import { askStructure } from '../../operator/organization/ask-structure';
import { findAccount } from '../../operator/organization/find-place';
import type { OrganizationStructure } from '../../operator/organization/structure';
import { judgedAgain } from '../../operator/plan/judged-again';
import { findingsAtOnce, type LedgerState } from '../../operator/plan/open-findings';
import { type Policies, policyPlan } from '../../operator/plan/policy-plan';
import { policyProblems } from '../../operator/plan/policy-problems';
import { settingsChanges } from '../../operator/plan/settings-changes';
import { isSound, type WholePlan } from '../../operator/plan/whole-plan';
import { printableJson } from '../../operator/text/printable';
import { alarmWarning } from '../../operator/validate/alarm-warning';
import { idAdvice } from '../../operator/validate/id-advice';
import { hubOfPolicy } from '../hub-region';
import { planJson } from '../plan/plan-json';
import { planText } from '../plan/plan-text';
import { defaultPolicyFile, loadPolicyFile, type PolicyFile } from '../policy-file';
import { regionOption } from '../region-option';
import { sandboxEndpoint } from '../sandbox-endpoint';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';

interface PlanOptions {
  all: boolean;
  account?: string;
  json: boolean;
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
    .option('--all', 'also list the accounts in which nothing changes, and those that are not watched', false)
    .option('--account <account>', 'only this account, by id or by name')
    .option('--json', 'one line of JSON, with everything', false)
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
Changes nothing. Accounts in which something would start being fixed come first. What AWS Config judges again is told for the
code of this checkout. It needs credentials of the hub's account, with
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
    .action(async (given: string | undefined, { all, account, json, region }: PlanOptions) => {
      const plan =
        given === undefined && sandboxEndpoint() !== undefined
          ? await withHub(region, (hub) => planOfDeployed(hub, account))
          : await planOfFile(loadPolicyFile(given), region, account);
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

function planOfFile(
  file: PolicyFile,
  region: string | undefined,
  account: string | undefined,
): Promise<WholePlan> {
  const { name, organization } = file;
  const planned = { name, policy: compilePolicy(organization), organization };
  return withHub(region ?? regionOf(file), async (hub) => {
    const deployed = await deployedPolicy(hub, organization.hub);
    const plan = await planOn(hub, planned, deployed, account);
    return 'policy' in deployed
      ? { ...plan, judgedAgain: judgedAgainBy(planned.policy, deployed.policy) }
      : plan;
  });
}

/** What is deployed with the policy is the code at hand. */
function judgedAgainBy(next: CompiledPolicy, deployed: CompiledPolicy): WholePlan['judgedAgain'] {
  return judgedAgain(customControls, { next, deployed }, verdictCodeOf(customControls));
}

/** What is deployed, against itself: what holds now, and what would become of findings. */
async function planOfDeployed(hub: Hub, account: string | undefined): Promise<WholePlan> {
  const deployed = await deployedPolicy(hub, hubOfPolicy());
  if ('unknown' in deployed) throw new UserError(deployed.unknown);
  return planOn(hub, { name: 'the policy that is deployed', policy: deployed.policy }, deployed, account);
}

/** The policy of a plan. */
interface PlannedPolicy {
  name: string;
  policy: CompiledPolicy;
  /** The whole policy; absent where only the compiled one is known, which does not say the targets. */
  organization?: Organization;
}

/** @param account by id or name, where only that one is asked about */
async function planOn(
  hub: Hub,
  { name, policy: next, organization }: PlannedPolicy,
  deployed: DeployedPolicy,
  account: string | undefined,
): Promise<WholePlan> {
  const structure = await askStructure(hub);
  const only = account === undefined ? undefined : findAccount(structure, account).id;
  const isAsked = (id: string) => only === undefined || id === only;
  const policies: Policies = {
    next,
    ...(organization && { targets: organization.targets }),
    ...('policy' in deployed && { deployed: deployed.policy }),
  };
  const ledger = await ledgerState(hub);
  const findings = await plannedFindings(hub, policies, structure, ledger);
  const names = shortNames(ledger.records);
  const warning = organization && alarmWarning(organization);
  const advice = idAdvice(next, structure);
  return {
    file: name,
    problems: policyProblems(next, structure, organization),
    ...(warning !== undefined && { warning }),
    ...(advice !== undefined && { advice }),
    ...('unknown' in deployed && { nothingDeployed: deployed.unknown }),
    settings: 'policy' in deployed ? settingsChanges(next, deployed.policy) : [],
    judgedAgain: [],
    accounts: policyPlan(policies, structure).filter(({ account: { id } }) => isAsked(id)),
    findings: findings.filter(({ record }) => isAsked(record.identity.accountId)),
    nameOf: ({ record }) => names.get(record) ?? record.finding,
  };
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
