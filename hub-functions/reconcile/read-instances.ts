import {
  type CloudFormationClient,
  paginateListStackInstances,
  paginateListStackSets,
  type StackInstanceSummary,
} from '@aws-sdk/client-cloudformation';
import { isStackSetNotFound } from './errors';
import { type StackInstance, type StackSetKind, stackSetKinds } from './stack-instance';

/** `staunch-rules`, `staunch-rules-pilot`, `staunch-remediation-accounts`. */
const namePattern = new RegExp(`^staunch-(${stackSetKinds.join('|')})(-accounts)?(-pilot)?$`);

/** What a stack set is for, by its name; undefined for one that is not Staunch's. */
export function kindOf(stackSetName: string): StackSetKind | undefined {
  const [, kind] = namePattern.exec(stackSetName) ?? [];
  return stackSetKinds.find((known) => known === kind);
}

/**
 * Every stack of Staunch's stack sets, as a delegated administrator sees them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackInstances.html
 * @throws AWS's own error; a stack set that is deleted meanwhile has no stacks
 */
export async function readInstances(client: CloudFormationClient): Promise<StackInstance[]> {
  const names: { name: string; kind: StackSetKind }[] = [];
  const CallAs = 'DELEGATED_ADMIN';
  for await (const { Summaries = [] } of paginateListStackSets({ client }, { CallAs, Status: 'ACTIVE' })) {
    for (const { StackSetName: name = '' } of Summaries) {
      const kind = kindOf(name);
      if (kind !== undefined) names.push({ name, kind });
    }
  }
  const found: StackInstance[] = [];
  for (const { name, kind } of names) found.push(...(await instancesOf(client, name, kind)));
  return found;
}

async function instancesOf(
  client: CloudFormationClient,
  stackSet: string,
  kind: StackSetKind,
): Promise<StackInstance[]> {
  const found: StackInstance[] = [];
  const asked = { StackSetName: stackSet, CallAs: 'DELEGATED_ADMIN' } as const;
  try {
    for await (const { Summaries = [] } of paginateListStackInstances({ client }, asked)) {
      found.push(...Summaries.map((summary) => ({ stackSet, kind, ...read(summary) })));
    }
  } catch (error) {
    if (!isStackSetNotFound(error)) throw error;
    return [];
  }
  return found;
}

function read(summary: StackInstanceSummary): Omit<StackInstance, 'stackSet' | 'kind'> {
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
  return Status === 'CURRENT' ? 'current' : 'failed';
}
