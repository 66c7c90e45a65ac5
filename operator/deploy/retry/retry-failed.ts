import {
  CloudFormationClient,
  DeleteStackInstancesCommand,
  DescribeStackSetOperationCommand,
  UpdateStackInstancesCommand,
} from '@aws-sdk/client-cloudformation';
import { withClient } from '../../aws/access';
import { unreadWords } from '../../aws/reading';
import type { ExpectedAccount, InstanceFacts } from '../../doctor/deployed/facts';
import { readInstances } from '../../doctor/deployed/read/read-instances';
import { OperatorError } from '../../errors';
import type { StackWork } from '../one-stack';
import { allSetNames, type InstanceOperation, plannedRetries, plannedWay } from './planned-retries';

/** What came of trying failed stacks of members again. */
export interface Retrial {
  /** How many stacks had failed before. */
  failed: number;
  /** How many have still failed. */
  left: number;
  /** AWS's words, where it takes no such operation: then the hub tries again within the hour. */
  refused?: string;
}

const lookMilliseconds = 5_000;
/** An operation on many accounts takes long. */
const longestMilliseconds = 2 * 60 * 60_000;
/** Sets wait for each other: what needs a role fails until that is there. */
const mostRounds = 4;

/** All accounts and Regions at once, and none that fails keeps another from its turn. */
const preferences = {
  RegionConcurrencyType: 'PARALLEL',
  MaxConcurrentPercentage: 100,
  FailureTolerancePercentage: 100,
} as const;

/**
 * Tries failed stacks of members again, at once, instead of when the hub's reconcile comes: two sets make roles under one name, so that
 * the stack of an account that comes to another set fails while the old set's is still there. It goes on as long as it gets further, and
 * may be called again at any time. AWS retries what failed, a creation too, by an update to what the stack set has; it creates only where no
 * stack instance is yet, and one that failed is there:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-troubleshooting.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackInstances.html
 * @param accounts that are looked at
 * @throws what is no error of AWS
 */
export async function retryFailed(work: StackWork, accounts: readonly ExpectedAccount[]): Promise<Retrial> {
  let first: number | undefined;
  let before = Number.POSITIVE_INFINITY;
  for (let round = 1; ; round += 1) {
    const { updates, failed } = await settled(work, (known) => plannedRetries(accounts, known));
    first ??= failed;
    if (failed === 0 || failed >= before || round > mostRounds) return { failed: first, left: failed };
    before = failed;
    try {
      for (const operation of updates) await carriedOut(work, 'retry', operation);
    } catch (error) {
      return { failed: first, left: failed, refused: unreadWords(error) };
    }
  }
}

/**
 * Removes what the rest's sets have in accounts that become the pilot's, before the pilot's come: both make the same names.
 * @param pilot accounts of the pilot
 * @throws the SDK's errors
 */
export async function makeWay(work: StackWork, pilot: readonly ExpectedAccount[]): Promise<void> {
  const { removals } = await settled(work, (known) => plannedWay(pilot, known));
  for (const operation of removals) await carriedOut(work, 'remove', operation);
  if (removals.length === 0) return;
  const { removals: left } = await settled(work, (known) => plannedWay(pilot, known));
  const [first] = left;
  if (first === undefined) return;
  throw new OperatorError(
    `AWS could not remove ${first.stackSet} from account ${first.accountIds.join(', ')}, which becomes one of the pilot. Nothing was deployed. The doctor says what is wrong there, by the policy that was deployed before.`,
  );
}

/** What is to be done, once no operation works on a stack that is looked at. */
async function settled<Planned extends { isUnderWay: boolean }>(
  { access, home, pause }: StackWork,
  plan: (instances: ReadonlyMap<string, readonly InstanceFacts[]>) => Planned,
): Promise<Planned> {
  for (let waited = 0; ; waited += lookMilliseconds) {
    const read = await readInstances(access, { region: home.region }, allSetNames);
    const known = new Map<string, readonly InstanceFacts[]>();
    for (const [name, of] of read) if ('read' in of) known.set(name, of.read);
    const planned = plan(known);
    if (!planned.isUnderWay || waited >= longestMilliseconds) return planned;
    await pause(lookMilliseconds);
  }
}

async function carriedOut(
  { access, home, host, pause }: StackWork,
  what: 'remove' | 'retry',
  { stackSet, accountIds, unitIds, regions }: InstanceOperation,
): Promise<void> {
  const own = { StackSetName: stackSet, CallAs: 'DELEGATED_ADMIN' } as const;
  const operation = {
    ...own,
    // Of the units, the accounts that are named and no others:
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentTargets.html
    DeploymentTargets: {
      OrganizationalUnitIds: unitIds,
      Accounts: accountIds,
      AccountFilterType: 'INTERSECTION',
    },
    Regions: regions,
    OperationPreferences: preferences,
  } as const;
  const doing = what === 'remove' ? 'Removing what stands in the way' : 'Trying again';
  await host.progress(`${doing}: ${stackSet}, accounts: ${accountIds.length}`, () =>
    withClient(access, CloudFormationClient, { region: home.region }, async (client) => {
      const { OperationId } =
        what === 'remove'
          ? await client.send(new DeleteStackInstancesCommand({ ...operation, RetainStacks: false }))
          : await client.send(new UpdateStackInstancesCommand(operation));
      for (let waited = 0; waited < longestMilliseconds; waited += lookMilliseconds) {
        const { StackSetOperation: begun } = await client.send(
          new DescribeStackSetOperationCommand({ ...own, OperationId }),
        );
        if (!['RUNNING', 'QUEUED', 'STOPPING'].includes(begun?.Status ?? '')) return;
        await pause(lookMilliseconds);
      }
    }),
  );
}
