import { CloudFormationClient, paginateListStackInstances } from '@aws-sdk/client-cloudformation';
import { printable } from '../../../../resources/kit/printable';
import { type AwsAccess, type CallPlace, withClient } from '../../../aws/access';
import { type Reading, reading } from '../../../aws/reading';
import type { InstanceFacts } from '../facts';

/**
 * The instances of stack sets, by the sets' names, as the hub sees them as delegated administrator.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackInstances.html
 */
export async function readInstances(
  access: AwsAccess,
  hub: CallPlace,
  names: readonly string[],
): Promise<ReadonlyMap<string, Reading<readonly InstanceFacts[]>>> {
  return withClient(access, CloudFormationClient, hub, async (client) => {
    const read = new Map<string, Reading<readonly InstanceFacts[]>>();
    // One set after the other: the calls are few, and CloudFormation throttles those of one account together.
    for (const name of names) read.set(name, await reading(() => instancesOf(client, name)));
    return read;
  });
}

async function instancesOf(client: CloudFormationClient, StackSetName: string): Promise<InstanceFacts[]> {
  const found: InstanceFacts[] = [];
  const pages = paginateListStackInstances(
    { client, pageSize: 100 },
    { StackSetName, CallAs: 'DELEGATED_ADMIN' },
  );
  for await (const { Summaries: summaries = [] } of pages)
    for (const {
      Account = '',
      Region = '',
      OrganizationalUnitId = '',
      StackId = '',
      Status = '',
      StackInstanceStatus,
      StatusReason = '',
    } of summaries)
      found.push({
        accountId: Account,
        region: Region,
        unitId: OrganizationalUnitId,
        stackId: StackId,
        status: Status,
        detailed: StackInstanceStatus?.DetailedStatus ?? '',
        reason: printable(StatusReason),
      });
  return found;
}
