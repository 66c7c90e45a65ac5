import { type ApiCall, callsIn } from '../../cure';
import type { Check, Verdict } from '../../verdict';
import type { DeployedFacts, InstanceFacts } from '../facts';
import { coveredIn } from './places-of';

const check = 'stack instance';

/** Whether each stack set is in each account and Region where it belongs. */
export const stackInstances: Check<DeployedFacts> = {
  name: check,
  judge(facts) {
    const known: Known = new Map(
      [...facts.instances].map(([name, of]) => [name, 'read' in of ? byPlace(of.read) : of]),
    );
    return coveredIn(facts.accounts).flatMap(({ accountId, unitId, sets }) =>
      sets.flatMap(({ names, regions }) =>
        regions.map((region): Verdict => {
          const at = { check, accountId, region };
          const name = meantOf(names, at, known);
          const instances = known.get(name);
          if (instances === undefined || 'unread' in instances)
            return unread(at, name, instances?.unread, facts);
          return verdictOn({ at, unitId, name }, instances.get(`${accountId} ${region}`), facts);
        }),
      ),
    );
  },
};

/** Instances by place, or why they are not known, by the set's name. */
type Known = ReadonlyMap<string, ReadonlyMap<string, InstanceFacts> | { unread: string }>;

/** Of several sets the one that is there; else one that exists. */
function meantOf(names: readonly string[], { accountId, region }: At, known: Known): string {
  const [first = ''] = names;
  const exists = (name: string) => {
    const of = known.get(name);
    return of !== undefined && !('unread' in of) ? of : undefined;
  };
  return (
    names.find((name) => exists(name)?.has(`${accountId} ${region}`)) ??
    names.find((name) => exists(name) !== undefined) ??
    first
  );
}

function byPlace(instances: readonly InstanceFacts[]): ReadonlyMap<string, InstanceFacts> {
  return new Map(instances.map((instance) => [`${instance.accountId} ${instance.region}`, instance]));
}

type At = Pick<Verdict, 'check'> & { accountId: string; region: string };

function unread(at: At, name: string, said: string | undefined, { hub }: DeployedFacts): Verdict {
  const isMissing = said === undefined || said.startsWith('StackSetNotFoundException');
  return {
    ...at,
    condition: isMissing ? 'not well' : 'unknown',
    text: isMissing ? `The stack set ${name} does not exist.` : `The stack set ${name} cannot be read.`,
    ...(said !== undefined && !isMissing && { said }),
    cure: { account: hub.account, steps: [{ does: isMissing ? 'deploy' : 'ask again' }] },
  };
}

/** A stack set in an account and Region. */
interface Wanted {
  at: At;
  /** What the account lies under. */
  unitId: string;
  name: string;
}

function verdictOn(wanted: Wanted, instance: InstanceFacts | undefined, { hub }: DeployedFacts): Verdict {
  const { at, name } = wanted;
  if (instance === undefined)
    return {
      ...at,
      condition: 'not well',
      text: `${name} is missing.`,
      cure: callsIn(hub.account, [creation(hub, wanted)]),
    };
  const { status, detailed, reason, unitId: reached } = instance;
  if (status === 'CURRENT' && (detailed === 'SUCCEEDED' || detailed === ''))
    return { ...at, condition: 'well', text: name };
  if (detailed === 'RUNNING' || detailed === 'PENDING')
    return {
      ...at,
      condition: 'unknown',
      text: `${name} is being deployed.`,
      cure: { account: hub.account, steps: [{ does: 'ask again' }] },
    };
  if (detailed === 'SKIPPED_SUSPENDED_ACCOUNT')
    return { ...at, condition: 'not covered', text: `${name}: AWS says that the account is suspended.` };
  if (status === 'INOPERABLE') return inoperable(wanted, instance, hub);
  return {
    ...at,
    condition: 'not well',
    text: `${name} is ${status}${detailed === '' ? '' : `, ${detailed}`}.`,
    ...(reason !== '' && { said: reason }),
    cure: callsIn(
      hub.account,
      [retrial(hub, { ...wanted, unitId: reached || wanted.unitId })],
      saysOf(reason),
    ),
  };
}

/**
 * AWS could not delete it, and leaves it out of every update until it is deleted.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceSummary.html
 */
function inoperable(
  { at, name, unitId }: Wanted,
  { reason, unitId: reached, stackId }: InstanceFacts,
  hub: DeployedFacts['hub'],
): Verdict {
  const creating = creation(hub, { at, name, unitId: reached || unitId });
  const deletion = {
    ...creating,
    operation: 'DeleteStackInstances',
    input: { ...creating.input, RetainStacks: false },
  };
  const stack = /:stack\/([^/]+)\//.exec(stackId)?.[1];
  const itself = stack === undefined ? 'the stack' : `the stack ${stack}`;
  return {
    ...at,
    condition: 'not well',
    text: `${name} is inoperable: AWS could not delete it, and updates it no more.`,
    ...(reason !== '' && { said: reason }),
    cure: callsIn(
      hub.account,
      [deletion, creating],
      `What kept AWS from it goes first. If deleting fails again, let it retain the stacks (RetainStacks), and delete ${itself} with credentials of account ${at.accountId}.`,
    ),
  };
}

/** What has to be put right before another try makes sense, where AWS's words tell. */
function saysOf(reason: string): string | undefined {
  if (/service control policy/i.test(reason))
    return 'A service control policy denies it: change that policy first, or exclude the account.';
  if (/MaxNumberOfConfigurationRecordersExceeded|maximum number of configuration recorders/i.test(reason))
    return 'The account has a recorder of its own: set recorder to existing for it in the policy, and deploy.';
  if (/NoAvailableConfigurationRecorder/i.test(reason))
    return 'The account has no recorder yet: the rules are tried again once it has one.';
  return undefined;
}

/**
 * Tries again what failed: an update without parameters brings the stack to what the set has, also one that could not be made.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-troubleshooting.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackInstances.html
 */
function retrial(hub: DeployedFacts['hub'], wanted: Wanted): ApiCall {
  return { ...creation(hub, wanted), operation: 'UpdateStackInstances' };
}

/**
 * Deploys the set's template where it has no stack instance; where there is one, AWS updates it instead. A service-managed set takes no
 * accounts alone, but what they have in common with a unit:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackInstances.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentTargets.html
 */
function creation(hub: DeployedFacts['hub'], { at, unitId, name }: Wanted): ApiCall {
  return {
    service: 'cloudformation',
    operation: 'CreateStackInstances',
    region: hub.region,
    input: {
      StackSetName: name,
      CallAs: 'DELEGATED_ADMIN',
      DeploymentTargets: {
        OrganizationalUnitIds: [unitId],
        Accounts: [at.accountId],
        AccountFilterType: 'INTERSECTION',
      },
      Regions: [at.region],
    },
  };
}
