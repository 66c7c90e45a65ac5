import {
  type CloudFormationClient,
  paginateListStackInstances,
  paginateListStackSets,
  type StackInstanceSummary,
} from '@aws-sdk/client-cloudformation';
import { placementIn } from '../../config/placement-digest';
import { stackSetKinds, stackSetName } from '../../core/names';
import { isStackSetNotFound } from './errors';
import type { StackInstance } from './stack-instance';

/** What a stack set is, by its name. */
type NamedSet = Pick<StackInstance, 'stackSet' | 'kind' | 'pilot'>;
/** And whose policy has placed it. */
type PlacedSet = NamedSet & Pick<StackInstance, 'placedOtherwise'>;

/** Staunch's stack sets by their names. */
const ownSets = new Map(
  stackSetKinds.flatMap((kind) =>
    [true, false].flatMap((pilot) =>
      [true, false].map((accounts): [string, NamedSet] => {
        const stackSet = stackSetName(kind, { accounts, pilot });
        return [stackSet, { stackSet, kind, pilot }];
      }),
    ),
  ),
);

/**
 * Every stack of Staunch's stack sets, as a delegated administrator sees them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackInstances.html
 * @param placement the digest of the hub's own
 * @throws AWS's own error; a stack set that is deleted meanwhile has no stacks
 */
export async function readInstances(
  client: CloudFormationClient,
  placement: string,
): Promise<StackInstance[]> {
  const sets: PlacedSet[] = [];
  const CallAs = 'DELEGATED_ADMIN';
  for await (const { Summaries = [] } of paginateListStackSets({ client }, { CallAs, Status: 'ACTIVE' })) {
    for (const { StackSetName: name = '', Description = '' } of Summaries) {
      const own = ownSets.get(name);
      if (own !== undefined) sets.push({ ...own, placedOtherwise: placementIn(Description) !== placement });
    }
  }
  const found: StackInstance[] = [];
  for (const set of sets) found.push(...(await instancesOf(client, set)));
  return found;
}

async function instancesOf(client: CloudFormationClient, set: PlacedSet): Promise<StackInstance[]> {
  const found: StackInstance[] = [];
  const asked = { StackSetName: set.stackSet, CallAs: 'DELEGATED_ADMIN' } as const;
  try {
    for await (const { Summaries = [] } of paginateListStackInstances({ client }, asked)) {
      found.push(...Summaries.map((summary) => ({ ...set, ...read(summary) })));
    }
  } catch (error) {
    if (!isStackSetNotFound(error)) throw error;
    return [];
  }
  return found;
}

function read(summary: StackInstanceSummary): Omit<StackInstance, keyof PlacedSet> {
  const { Account = '', Region = '', OrganizationalUnitId = '', StatusReason = '' } = summary;
  return {
    ...{ accountId: Account, region: Region, unitId: OrganizationalUnitId, reason: StatusReason },
    state: stateOf(summary),
  };
}

/**
 * What the last operation left is in the detailed status; whether the stack is as its stack set has it, in the status.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceSummary.html
 */
function stateOf({ Status, StackInstanceStatus }: StackInstanceSummary): StackInstance['state'] {
  const detailed = StackInstanceStatus?.DetailedStatus;
  if (detailed === 'SKIPPED_SUSPENDED_ACCOUNT') return 'suspended';
  if (detailed === 'PENDING' || detailed === 'RUNNING') return 'running';
  if (Status === 'INOPERABLE') return 'inoperable';
  return Status === 'CURRENT' ? 'current' : 'failed';
}
