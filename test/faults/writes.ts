import type { RemediationRequest } from '../../core/remediation';
import { memberServices } from './aws/replaced-send';
import type { Call } from './call';
import type { Hub } from './hub';

/** Whether a call would change a resource of a member account. */
export function isWrite({ service, command }: Pick<Call, 'service' | 'command'>): boolean {
  return memberServices.includes(service) && !/^(Get|List|Describe|Lookup)/.test(command);
}

/** Whether a call changed something, whoever heard of it. */
export function isMade({ isPerformed, refusal }: Call): boolean {
  return isPerformed && refusal === undefined;
}

/** What a call to DynamoDB is about. */
export interface TableItem {
  TableName?: string;
  Item?: Readonly<Record<string, unknown>>;
  Key?: Readonly<Record<string, unknown>>;
}

/** What a call to DynamoDB writes, or reads by its key, alone or with others. */
export function tableItemsOf({ input }: Pick<Call, 'input'>): TableItem[] {
  const { TransactItems: parts, RequestItems: batches } = input as {
    TransactItems?: Record<string, TableItem>[];
    RequestItems?: Record<string, { Keys: TableItem['Key'][] }>;
  };
  if (parts) return parts.flatMap((part) => Object.values(part));
  if (!batches) return [input];
  return Object.entries(batches).flatMap(([TableName, { Keys }]) =>
    Keys.flatMap((Key) => (Key ? { TableName, Key } : [])),
  );
}

/** One invocation of a remediation function, and the calls that it made. */
export interface FunctionRun {
  request: RemediationRequest;
  /** The call that invoked it. */
  invoke: Call | undefined;
  calls: readonly Call[];
  /** Those of its calls that would change something, performed or not. */
  writes: readonly Call[];
  /** Whether its time was over when it was about to change something: nobody told it that this was not even sent. */
  isCutOff: boolean;
}

/** Every invocation of a remediation function, in their order. */
export function functionRuns(hub: Hub): FunctionRun[] {
  const { made, cutOff } = hub.aws.calls;
  return hub.requests.map(({ request, invocation, invoke }) => {
    const calls = made.filter((call) => call.invocation === invocation);
    const isCutOff = cutOff.some((call) => call.invocation === invocation && isWrite(call));
    return { request, invoke: made[invoke - 1], calls, writes: calls.filter(isWrite), isCutOff };
  });
}
