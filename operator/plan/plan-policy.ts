import { compilePolicy } from '../../config/compile';
import type { CompiledPolicy } from '../../config/compiled';
import type { Organization } from '../../config/organization';
import { customControls } from '../../controls/registry';
import { namesOf } from '../../ledger/place-names';
import { OperatorError } from '../errors';
import { shortNames } from '../findings/finding-name';
import { type DeployedPolicy, deployedPolicy } from '../hub/deployed-policy';
import type { Hub } from '../hub/hub';
import { askStructure } from '../organization/ask-structure';
import { findAccount } from '../organization/find-place';
import { treeOfStructure } from '../organization/structure-tree';
import { deployedName, type PolicyChoice, type PolicyFile } from '../policy-file';
import { alarmWarning } from '../validate/alarm-warning';
import { idAdvice } from '../validate/id-advice';
import { judgedAgain } from './judged-again';
import { ledgerContent, plannedFindings } from './planned-findings';
import { type Policies, policyPlan } from './policy-plan';
import { policyProblems } from './policy-problems';
import { settingsChanges } from './settings-changes';
import type { WholePlan } from './whole-plan';

/** What is asked of a plan. */
export interface PlanQuestion {
  /** By id or by name, where only that one is asked about. */
  account?: string;
  /** The digests of the code that would be deployed with the policy, by control id; asked for once at most. */
  verdictCode: () => Readonly<Record<string, string>>;
}

/**
 * What a policy would do in the organization, and what changes against what is deployed. The deployed one is compared with itself:
 * what holds now, and what would become of findings.
 * @throws OperatorError when the account does not exist, or the deployed policy is not known, or the hub cannot be asked
 */
export async function planPolicy(
  hub: Hub,
  choice: PolicyChoice,
  { account, verdictCode }: PlanQuestion,
): Promise<WholePlan> {
  if ('file' in choice) return planOfFile(hub, choice.file, account, verdictCode);
  const deployed = await deployedPolicy(hub, choice.deployedAt);
  if ('unknown' in deployed) throw new OperatorError(deployed.unknown);
  return planOn(hub, { name: deployedName, policy: deployed.policy }, deployed, account);
}

async function planOfFile(
  hub: Hub,
  { name, organization }: PolicyFile,
  account: string | undefined,
  verdictCode: PlanQuestion['verdictCode'],
): Promise<WholePlan> {
  const next = compilePolicy(organization);
  const deployed = await deployedPolicy(hub, organization.hub);
  const plan = await planOn(hub, { name, policy: next, organization }, deployed, account);
  if ('unknown' in deployed) return plan;
  const policies = { next, deployed: deployed.policy };
  return { ...plan, judgedAgain: judgedAgain(customControls, policies, verdictCode()) };
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
  const ledger = await ledgerContent(hub);
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
    places: namesOf(treeOfStructure(structure, new Date())),
    nameOf: ({ record }) => names.get(record) ?? record.finding,
  };
}
