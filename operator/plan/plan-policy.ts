import { compilePolicy } from '../../config/compile';
import type { CompiledPolicy } from '../../config/compiled';
import type { Organization } from '../../config/organization';
import { customControls } from '../../controls/registry';
import type { OrganizationTree } from '../../ledger/organization/organization-tree';
import { namesOf } from '../../ledger/organization/place-names';
import { type PolicyCost, policyCost, type UnknownCost } from '../cost/policy-cost';
import { expectedAccounts } from '../doctor/expected-accounts';
import { OperatorError } from '../errors';
import { type NamesMeant, namesMeant } from '../explain/names-meant';
import { shortNames } from '../findings/finding-name';
import { type DeployedPolicy, deployedPolicy, ifDeployed } from '../hub/deployed-policy';
import type { Hub } from '../hub/hub';
import { askStructure } from '../organization/ask-structure';
import { findAccount } from '../organization/find-place';
import { savedStructureOf } from '../organization/saved-structure';
import type { OrganizationStructure } from '../organization/structure';
import { treeOfStructure } from '../organization/structure-tree';
import { deployedName, type PolicyChoice, type PolicyFile } from '../policy-file';
import { alarmWarning } from '../validate/alarm-warning';
import { idAdvice } from '../validate/id-advice';
import { peopleWarnings } from '../validate/people-warnings';
import { judgedAgain } from './judged-again';
import { accountsWithUndos, undosLost } from './kept-roles';
import { namedPrincipals, principalsSeen } from './named-principals';
import { nobodyApproves } from './nobody-approves';
import { ledgerContent, plannedFindings } from './planned-findings';
import { type Policies, policyPlan } from './policy-plan';
import { type PolicyProblem, policyProblems } from './policy-problems';
import { settingsChanges } from './settings-changes';
import type { WholePlan } from './whole-plan';

/** What is asked of a plan. */
export interface PlanQuestion {
  /** By id or by name, where only that one is asked about. */
  account?: string;
  /** Whether the policy's cost is asked about. */
  cost?: boolean;
  /** The digests of the code that would be deployed with the policy, by control id; asked for once at most. */
  verdictCode: () => Readonly<Record<string, string>>;
}

/**
 * What a policy would do in the organization, and what changes against what is deployed. The deployed one is compared with itself:
 * what holds now, and what would become of findings.
 * @throws OperatorError when the account does not exist, or the deployed policy is not known, or the hub cannot be asked
 */
export async function planPolicy(hub: Hub, choice: PolicyChoice, question: PlanQuestion): Promise<WholePlan> {
  if ('file' in choice) return planOfFile(hub, choice.file, question);
  const deployed = await deployedPolicy(hub, choice.deployedAt);
  if ('unknown' in deployed) throw new OperatorError(deployed.unknown);
  return planOn(hub, { name: deployedName, policy: deployed.policy }, deployed, question);
}

async function planOfFile(
  hub: Hub,
  { name, organization }: PolicyFile,
  question: PlanQuestion,
): Promise<WholePlan> {
  const next = compilePolicy(organization);
  const deployed = await deployedPolicy(hub, organization.hub);
  const plan = await planOn(hub, { name, policy: next, organization }, deployed, question);
  if ('unknown' in deployed) return plan;
  const policies = { next, deployed: deployed.policy };
  return { ...plan, judgedAgain: judgedAgain(customControls, policies, question.verdictCode()) };
}

/** The policy of a plan. */
interface PlannedPolicy {
  name: string;
  policy: CompiledPolicy;
  /** The whole policy; absent where only the compiled one is known, which does not say the targets. */
  organization?: Organization;
}

async function planOn(
  hub: Hub,
  { name, policy: next, organization }: PlannedPolicy,
  deployed: DeployedPolicy,
  { account, cost }: Omit<PlanQuestion, 'verdictCode'>,
): Promise<WholePlan> {
  const structure = await askStructure(hub);
  const only = account === undefined ? undefined : findAccount(structure, account).id;
  const isAsked = (id: string) => only === undefined || id === only;
  const ledger = await ledgerContent(hub);
  const tree = treeOfStructure(structure, new Date());
  const before = 'policy' in deployed ? deployed.policy : undefined;
  const meant = await namesOfPolicies(hub, { next, ...(before && { deployed: before }) }, tree);
  const policies: Policies = {
    next,
    ...(organization && { targets: organization.targets, exclude: organization.exclude }),
    ...(before && { deployed: before }),
    ...(meant && { names: meant }),
  };
  const findings = await plannedFindings(hub, policies, structure, ledger);
  const names = shortNames(ledger.records);
  const accounts = policyPlan(policies, structure).filter(({ account: { id } }) => isAsked(id));
  const warnings = [
    organization && alarmWarning(organization),
    nobodyApproves(policies, structure, accounts),
    ...peopleWarnings(next),
    undosLost(accountsWithUndos(next, structure, ledger.records)),
    ...(await principalsSeen(hub, namedPrincipals(next), structure)),
  ];
  const advice = idAdvice(next, structure);
  return {
    file: name,
    problems: policyProblems(next, structure, organization).map((problem) => asMeant(problem, meant?.next)),
    warnings: warnings.filter((warning) => warning !== undefined),
    ...(advice !== undefined && { advice }),
    ...('unknown' in deployed && { nothingDeployed: deployed.unknown }),
    settings: before ? settingsChanges(next, before) : [],
    judgedAgain: [],
    accounts,
    findings: findings.filter(({ record }) => isAsked(record.identity.accountId)),
    ...(cost && { cost: costIn(structure, organization) }),
    places: namesOf(tree),
    nameOf: ({ record }) => names.get(record) ?? record.finding,
  };
}

function costIn(
  structure: OrganizationStructure,
  organization: Organization | undefined,
): PolicyCost | UnknownCost {
  if (organization === undefined)
    return { unknown: 'A deployed policy does not contain its targets. Name the file of the policy.' };
  try {
    return policyCost(organization, expectedAccounts(organization, savedStructureOf(structure)));
  } catch (error) {
    // A path that means no unit is among the plan's problems, which are told with the rest of it.
    if (error instanceof OperatorError) return { unknown: error.message };
    throw error;
  }
}

/** What the names of the policies mean; undefined where no hub is deployed that remembers what they meant. */
async function namesOfPolicies(
  hub: Hub,
  { next, deployed }: Pick<Policies, 'next' | 'deployed'>,
  tree: OrganizationTree,
): Promise<Policies['names']> {
  const remembered = await ifDeployed(() =>
    hub.ask('ledger', async () => ({ names: await hub.policyNames.read() })),
  );
  if (remembered === undefined) return undefined;
  const { names } = remembered;
  return {
    next: namesMeant(next, tree, names),
    ...(deployed && { deployed: namesMeant(deployed, tree, names) }),
  };
}

/** Something goes on meaning what bore a name that nothing bears any more: that stops no other fix. */
function asMeant(problem: PolicyProblem, meant: NamesMeant | undefined): PolicyProblem {
  if (!meant || meant.seen.unresolved.some(({ key }) => key === problem.key)) return problem;
  const { stopsAllFixes: _stopsAllFixes, ...rest } = problem;
  return rest;
}
