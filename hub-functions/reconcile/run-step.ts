import {
  type CloudFormationClient,
  DeleteStackInstancesCommand,
  UpdateStackInstancesCommand,
} from '@aws-sdk/client-cloudformation';
import { isBusy, isStackSetNotFound } from './errors';
import type { ReconcileStep } from './planned-steps';

/** All accounts and Regions at once, and none that fails keeps another from its turn. */
const preferences = {
  RegionConcurrencyType: 'PARALLEL',
  MaxConcurrentPercentage: 100,
  FailureTolerancePercentage: 100,
} as const;

/**
 * Begins one operation. It never changes a template or a parameter: an update without any brings each stack to what its stack set
 * has. So AWS retries what failed, a creation too: it creates only where no stack instance is yet, and one that failed is there.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-troubleshooting.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackInstances.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStackInstances.html
 * @returns the operation's id; undefined where another one is under way, or the stack set is gone: the next reconcile looks again
 * @throws AWS's own error otherwise
 */
export async function runStep(
  client: CloudFormationClient,
  { what, stackSet, accountIds, unitIds, regions }: ReconcileStep,
): Promise<string | undefined> {
  const operation = {
    StackSetName: stackSet,
    CallAs: 'DELEGATED_ADMIN',
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
  try {
    const { OperationId } =
      what === 'remove'
        ? await client.send(new DeleteStackInstancesCommand({ ...operation, RetainStacks: false }))
        : await client.send(new UpdateStackInstancesCommand(operation));
    return OperationId;
  } catch (error) {
    if (isBusy(error) || isStackSetNotFound(error)) return undefined;
    throw error;
  }
}
