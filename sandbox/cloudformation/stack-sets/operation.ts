import type { Place } from '../../events';
import type { InstancesGroup, OperationPreferences } from './definition';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperation.html */
export type OperationStatus = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'STOPPING' | 'STOPPED';

/** What became of an operation in one account and Region. */
export interface OperationResult extends Place {
  organizationalUnitId: string;
  status: 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  /** AWS's reason; absent for what succeeded. */
  reason?: string;
}

/** An operation on a stack set. */
export interface Operation {
  readonly id: string;
  readonly action: 'CREATE' | 'UPDATE' | 'DELETE';
  /** `true` for auto-deployment's. */
  readonly automatic: boolean;
  readonly preferences: OperationPreferences;
  /** What it was asked for; absent for an update of all. */
  readonly targets?: InstancesGroup;
  /** Of a deletion: whether the stacks stay. */
  readonly retainStacks?: boolean;
  status: OperationStatus;
  /** Why it did not succeed. */
  statusReason?: string;
  createdAt: Date;
  endedAt?: Date;
  results: readonly OperationResult[];
}

/** Whether an operation has come to its end. */
export function hasEnded({ status }: Pick<Operation, 'status'>): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED' || status === 'STOPPED';
}

/** Names an account and Region in maps. */
export function placeKey({ accountId, region }: Place): string {
  return `${accountId}/${region}`;
}

/**
 * Whether two operations on one stack set may not run at the same time: they touch the same account and Region, or one of them
 * is an update of the stack set itself.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ManagedExecution.html
 */
export function conflict(one: Operation, other: Operation): boolean {
  if (one.targets === undefined || other.targets === undefined) return true;
  const places = new Set(one.results.map(placeKey));
  return other.results.some((result) => places.has(placeKey(result)));
}
