import type { Place } from '../../events';
import type { ResourceEvent, Stack } from '../stack';
import type { ChangeSet } from './change-set';
import type { StackSettings } from './settings';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export type StackStatus =
  | 'REVIEW_IN_PROGRESS'
  | `CREATE_${'IN_PROGRESS' | 'COMPLETE'}`
  | `ROLLBACK_${'IN_PROGRESS' | 'COMPLETE'}`
  | `UPDATE_${'IN_PROGRESS' | 'COMPLETE'}`
  | 'UPDATE_ROLLBACK_COMPLETE'
  | `DELETE_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}`;

/** Something that happened to a stack or to one of its resources. */
export interface StackEvent {
  id: string;
  logicalId: string;
  physicalId: string;
  type: string;
  status: string;
  reason?: string;
  at: Date;
}

/** A resource of a stack, as the API shows it. */
export interface StackResource {
  type: string;
  physicalId: string;
  status: string;
  reason?: string;
  at: Date;
}

/** A stack as the API knows it: also while it is created, and once it is deleted. */
export interface StackRecord extends Place {
  readonly stackId: string;
  readonly stackName: string;
  settings: StackSettings;
  status: StackStatus;
  statusReason?: string;
  createdAt: Date;
  updatedAt?: Date;
  deletedAt?: Date;
  terminationProtection: boolean;
  /** Absent before it is created, and where it failed. */
  stack?: Stack;
  /** By logical id. */
  readonly resources: Map<string, StackResource>;
  /** The newest first. */
  readonly events: StackEvent[];
  readonly changeSets: Map<string, ChangeSet>;
}

/** Takes down what happens to a resource. */
export function noteResource(record: StackRecord, event: ResourceEvent, at: Date): void {
  const { logicalId, type, status, physicalId, reason } = event;
  const known = record.resources.get(logicalId)?.physicalId;
  const resource = { type, status, physicalId: physicalId ?? known ?? '', at, ...(reason && { reason }) };
  record.resources.set(logicalId, resource);
  record.events.unshift({ id: `${logicalId}-${status}-${record.events.length}`, logicalId, ...resource });
}

/** Takes down what happens to a stack itself. */
export function noteStack(record: StackRecord, status: StackStatus, at: Date, reason?: string): void {
  record.status = status;
  if (reason === undefined) delete record.statusReason;
  else record.statusReason = reason;
  record.events.unshift({
    id: `stack-${status}-${record.events.length}`,
    logicalId: record.stackName,
    physicalId: record.stackId,
    type: 'AWS::CloudFormation::Stack',
    status,
    ...(reason !== undefined && { reason }),
    at,
  });
}
