import { compilePolicy } from '../../../../config/compile';
import { parseCompiledPolicy } from '../../../../config/compiled';
import type { Organization } from '../../../../config/organization';
import { policyDigest } from '../../../../config/policy-digest';
import { recordedTypesOf } from '../../../../controls/recorded-types';
import { controls, customControls } from '../../../../controls/registry';
import { probeForwardingRuleName, roleNames, trailForwardingRuleName } from '../../../../core/names';
import { type CoverageRow, coverageRows } from '../../../../ledger/coverage-gaps';
import { patrolMilliseconds } from '../../../../ledger/watched-places';
import { factsOf } from '../../../../resources/resource-types';
import type { AwsAccess, CallPlace } from '../../../aws/access';
import { inParallel } from '../../../aws/in-parallel';
import { mapped, type Reading, reading } from '../../../aws/reading';
import { coverageItems, patrolledTypes } from '../../../coverage/ask-coverage';
import { OperatorError } from '../../../errors';
import { deployedPolicy } from '../../../hub/deployed-policy';
import type { Hub } from '../../../hub/hub';
import { expectedRules } from '../expected-rules';
import type { DeployedFacts, ExpectedAccount } from '../facts';
import { coveredIn } from '../judges/places-of';
import { type ProbeClock, probeDeployment } from '../probes/probe-deployment';
import { type AccountReading, readAccount } from './read-account';
import { readInstances } from './read-instances';
import { doctorSession } from './sessions';

/** Accounts that are read at the same time: AWS counts most of these calls for each account alone. */
const accountsAtOnce = 25;

/** What is asked of a deployment. */
export interface DeployedQuestion {
  access: AwsAccess;
  organization: Organization;
  /** Those that are asked about. */
  accounts: readonly ExpectedAccount[];
  /** The digests of the code that should be deployed, by control id. */
  verdictCode: Readonly<Record<string, string>>;
  now: Date;
  /** How probes are waited for; none is sent where it is absent. */
  probes?: ProbeClock;
}

/** Reads everything that the checks judge by, once. What cannot be read is unknown, and the rest is read all the same. */
export async function readDeployed(hub: Hub, question: DeployedQuestion): Promise<DeployedFacts> {
  const { access, organization, accounts, now } = question;
  const place: CallPlace = { region: organization.hub.region };
  const covered = coveredIn(accounts);
  const sets = [...new Set(covered.flatMap((account) => account.sets.flatMap(({ names }) => names)))];
  const [instances, policy, coverage, refused] = await Promise.all([
    readInstances(access, place, sets),
    samePolicy(hub, question),
    readCoverage(hub, question),
    refusals(hub),
  ]);
  const { doctor, members, place: doctorPlace } = await readMembers(hub, question, covered);
  const probes = await probed(hub, question, doctorPlace, members);
  return {
    now,
    ...(probes !== undefined && { probes }),
    hub: organization.hub,
    managementAccount: organization.organization.managementAccount,
    regions: organization.regions,
    doctor,
    instances,
    policy,
    coverage,
    accounts: [
      ...members.map(({ account }) => {
        const words = refused.get(account.accountId);
        return { ...account, ...(words !== undefined && { refused: words }) };
      }),
      ...accounts.filter(({ notCovered }) => notCovered !== undefined).map(untouched),
    ],
    places: members.flatMap(({ places }) => places),
    rules: expectedRules(controls, question.verdictCode),
    recordedTypes: recordedTypesOf(customControls),
    forwardingRules: [
      ...[...new Set(customControls.map(({ resourceType }) => resourceType))].map((type) =>
        trailForwardingRuleName(factsOf(type).slug),
      ),
      probeForwardingRuleName,
    ],
  };
}

/** Of what is not covered nothing is read. */
function untouched(account: ExpectedAccount) {
  const nothing = { unread: 'not asked' };
  return { ...account, session: nothing, roles: nothing };
}

async function readMembers(
  hub: Hub,
  { access, organization }: DeployedQuestion,
  covered: readonly ExpectedAccount[],
) {
  const { region, account } = organization.hub;
  const session = await reading(() => doctorSession(access, account, { region }));
  const place: Reading<CallPlace> =
    'unread' in session ? session : { read: { region, credentials: session.read } };
  let through = 0;
  const members = await hub.host.progress(
    () => `Asking accounts: ${through} of ${covered.length}`,
    () =>
      inParallel(covered, accountsAtOnce, async (expected) => {
        const read = await readAccount(expected, {
          access,
          hub: place,
          regions: organization.regions,
          rolesOf,
        });
        through += 1;
        return read;
      }),
  );
  return { doctor: mapped(session, () => true as const), members, place };
}

/** Without the doctor's role nobody can send a probe, and another check tells that. */
async function probed(
  { host }: Hub,
  { access, organization, probes: clock }: DeployedQuestion,
  place: Reading<CallPlace>,
  members: readonly AccountReading[],
): Promise<DeployedFacts['probes']> {
  if (clock === undefined || 'unread' in place) return undefined;
  const round = { access, hub: organization.hub, place: place.read, members, clock };
  return host.progress('Waiting for probes by each detector', () => probeDeployment(round));
}

/** Roles that should be there beside the one by which an account is read. */
function rolesOf({ recorder, remediation }: ExpectedAccount): string[] {
  return [
    roleNames.read,
    roleNames.probe,
    roleNames.forwardEvents,
    ...(recorder === 'none' ? [] : [roleNames.rule]),
    ...(recorder === 'own' ? [roleNames.configRecorder] : []),
    ...(remediation ? [roleNames.remediation] : []),
  ];
}

/** Whether the hub works by what would be deployed now: the policy with the code that decides. */
async function samePolicy(
  hub: Hub,
  { organization, verdictCode }: DeployedQuestion,
): Promise<Reading<boolean>> {
  return asked(async () => {
    const deployed = await deployedPolicy(hub, organization.hub);
    if ('unknown' in deployed) return { unread: deployed.unknown };
    const meant = { ...compilePolicy(organization), verdictCode };
    // Both in the order of the schema.
    const [one, other] = [meant, deployed.policy].map((policy) =>
      policyDigest(parseCompiledPolicy(JSON.stringify(policy))),
    );
    return { read: one === other };
  });
}

async function readCoverage(
  hub: Hub,
  { organization, accounts, now }: DeployedQuestion,
): Promise<Reading<readonly CoverageRow[]>> {
  return asked(async () => ({
    read: coverageRows({
      places: coveredIn(accounts).flatMap(({ accountId }) =>
        organization.regions.map((region) => ({ accountId, region })),
      ),
      resourceTypes: patrolledTypes,
      items: await coverageItems(hub),
      unreachable: [],
      every: patrolMilliseconds(organization),
      now,
    }),
  }));
}

/** Accounts whose roles the coordinator could not assume lately, by id. What cannot be read is told of the ledger elsewhere. */
async function refusals(hub: Hub): Promise<ReadonlyMap<string, string>> {
  const list = await asked(async () => ({
    read: await hub.ask('ledger', () => hub.unreachableAccounts.list()),
  }));
  return new Map('read' in list ? list.read.map(({ accountId, reason }) => [accountId, reason]) : []);
}

/** @throws what is not of the hub, or of the way to it */
async function asked<Value>(question: () => Promise<Reading<Value>>): Promise<Reading<Value>> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof OperatorError) return { unread: error.message };
    throw error;
  }
}
