import type { CompiledPolicy } from '../../../../config/compiled';
import { recordedTypesOf } from '../../../../controls/recorded-types';
import { controls, customControls } from '../../../../controls/registry';
import { probeForwardingRuleName, roleNames, trailForwardingRuleName } from '../../../../core/names';
import { factsOf } from '../../../../resources/resource-types';
import type { AwsAccess, CallPlace } from '../../../aws/access';
import { inParallel } from '../../../aws/in-parallel';
import { mapped, type Reading, reading } from '../../../aws/reading';
import type { Host } from '../../../host';
import { expectedRules } from '../expected-rules';
import type { DeployedFacts, ExpectedAccount } from '../facts';
import { coveredIn } from '../judges/places-of';
import { type ProbeClock, probeDeployment } from '../probes/probe-deployment';
import { type AccountReading, readAccount } from './read-account';
import { doctorSession } from './sessions';

/** Accounts that are read at the same time: AWS counts most of these calls for each account alone. */
const accountsAtOnce = 25;

/** What is asked of a deployment. */
export interface DeployedQuestion {
  access: AwsAccess;
  policy: CompiledPolicy;
  /** Those that are asked about. */
  accounts: readonly ExpectedAccount[];
  /** The digests of the code that should be deployed, by control id. */
  verdictCode: Readonly<Record<string, string>>;
  now: Date;
  /** How probes are waited for; none is sent where it is absent. */
  probes?: ProbeClock;
}

/** What whoever asks knows of the hub; what is absent is not judged. */
export interface HubSources {
  /** Whether the policy is the deployed one. */
  samePolicy?(): Promise<Reading<boolean>>;
  /** The stacks of each stack set, by its name. */
  instances?(sets: readonly string[]): Promise<DeployedFacts['instances']>;
  /** How far each account and Region was patrolled. */
  coverage?(): Promise<DeployedFacts['coverage']>;
  /** Accounts whose roles the coordinator could not assume lately, by id: AWS's words. */
  refusals?(): Promise<ReadonlyMap<string, string>>;
  /** Shows that something takes long. */
  progress: Host['progress'];
}

/** Reads everything that the checks judge by, once. What cannot be read is unknown, and the rest is read all the same. */
export async function readDeployed(sources: HubSources, question: DeployedQuestion): Promise<DeployedFacts> {
  const { policy, accounts, now } = question;
  const covered = coveredIn(accounts);
  const sets = [...new Set(covered.flatMap((account) => account.sets.flatMap(({ names }) => names)))];
  const [instances, samePolicy, coverage, refused] = await Promise.all([
    sources.instances?.(sets) ?? new Map(),
    sources.samePolicy?.(),
    sources.coverage?.() ?? { read: [] },
    sources.refusals?.() ?? new Map<string, string>(),
  ]);
  const { doctor, members, place } = await readMembers(sources, question, covered);
  const probes = await probed(sources, question, place, members);
  return {
    now,
    ...(probes !== undefined && { probes }),
    hub: policy.hub,
    managementAccount: policy.organization.managementAccount,
    regions: policy.regions,
    doctor,
    instances,
    ...(samePolicy !== undefined && { policy: samePolicy }),
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
  { progress }: HubSources,
  { access, policy }: DeployedQuestion,
  covered: readonly ExpectedAccount[],
) {
  const { region, account } = policy.hub;
  const session = await reading(() => doctorSession(access, account, { region }));
  const place: Reading<CallPlace> =
    'unread' in session ? session : { read: { region, credentials: session.read } };
  let through = 0;
  const members = await progress(
    () => `Asking accounts: ${through} of ${covered.length}`,
    () =>
      inParallel(covered, accountsAtOnce, async (expected) => {
        const read = await readAccount(expected, {
          access,
          hub: place,
          regions: policy.regions,
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
  { progress }: HubSources,
  { access, policy, probes: clock }: DeployedQuestion,
  place: Reading<CallPlace>,
  members: readonly AccountReading[],
): Promise<DeployedFacts['probes']> {
  if (clock === undefined || 'unread' in place) return undefined;
  const round = { access, hub: policy.hub, place: place.read, members, clock };
  return progress('Waiting for probes by each detector', () => probeDeployment(round));
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
