import { compilePolicy } from '../../config/compile';
import type { CompiledPolicy } from '../../config/compiled';
import type { Organization } from '../../config/organization';
import type { AwsAccess } from '../aws/access';
import { InputError } from '../errors';
import type { Hub } from '../hub/hub';
import { askStructure } from '../organization/ask-structure';
import { findAccount } from '../organization/find-place';
import { savedStructureOf } from '../organization/saved-structure';
import { deployedChecks, pilotChecks } from './deployed/checks';
import type { DeployedFacts, ExpectedAccount } from './deployed/facts';
import { notCovered } from './deployed/judges/not-covered';
import type { ProbeClock } from './deployed/probes/probe-deployment';
import { hubSources } from './deployed/read/hub-sources';
import { readDeployed } from './deployed/read/read-deployed';
import { type Diagnosis, diagnosisOf } from './doctor';
import { accountsByPolicy } from './expected-accounts';
import { judged } from './verdict';

/** What is asked of a deployment. */
export interface DoctorQuestion {
  access: AwsAccess;
  /** The policy, or the compiled one that is deployed. */
  organization: Organization | CompiledPolicy;
  /** The digests of the code that should be deployed, by control id. */
  verdictCode: Readonly<Record<string, string>>;
  /** Only this account, by id or name. */
  account?: string;
  now: Date;
  /** How probes are waited for; none is sent where it is absent. */
  probes?: ProbeClock;
}

/**
 * Whether a deployment works, in each account and Region.
 * @throws OperatorError when the account does not exist, or AWS Organizations cannot be asked
 */
export async function askDeployed(hub: Hub, question: DoctorQuestion): Promise<Diagnosis> {
  const all = await accountsOf(hub, question);
  const facts = await factsOf(hub, question, all);
  return diagnosisOf(judged(deployedChecks, facts), all);
}

/**
 * Whether what was just deployed is where it should be, in each account and Region: what time alone brings is not asked.
 * @throws OperatorError when AWS Organizations cannot be asked
 */
export async function askJustDeployed(hub: Hub, question: DoctorQuestion): Promise<Diagnosis> {
  const all = await accountsOf(hub, question);
  const facts = await factsOf(hub, question, all);
  return diagnosisOf(judged([notCovered, ...pilotChecks], facts), all);
}

/**
 * Whether the accounts of the pilot are ready for the rest to follow.
 * @throws OperatorError when AWS Organizations cannot be asked, or the pilot is empty
 */
export async function askPilot(hub: Hub, question: DoctorQuestion): Promise<Diagnosis> {
  const pilot = (await accountsOf(hub, question)).filter((account) => account.pilot);
  if (pilot.length === 0) throw new InputError("The policy's pilot has no account of the organization.");
  const facts = await factsOf(hub, question, pilot);
  return diagnosisOf(judged(pilotChecks, facts), pilot);
}

async function accountsOf(hub: Hub, { organization, account }: DoctorQuestion): Promise<ExpectedAccount[]> {
  const structure = await askStructure(hub);
  const all = accountsByPolicy(compiledOf(organization), savedStructureOf(structure));
  if (account === undefined) return all;
  const { id } = findAccount(structure, account);
  return all.filter(({ accountId }) => accountId === id);
}

function factsOf(
  hub: Hub,
  { organization, ...question }: DoctorQuestion,
  accounts: readonly ExpectedAccount[],
): Promise<DeployedFacts> {
  const asked = { ...question, policy: compiledOf(organization), accounts };
  return readDeployed(hubSources(hub, asked), asked);
}

/** What is deployed of a policy that is compiled already is itself. */
function compiledOf(policy: DoctorQuestion['organization']): CompiledPolicy {
  return 'version' in policy ? policy : compilePolicy(policy);
}
