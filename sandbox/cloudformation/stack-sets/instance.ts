import type { Place } from '../../events';
import type { Stack } from '../stack';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceComprehensiveStatus.html */
export type DetailedStatus =
  | 'PENDING'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED'
  | 'INOPERABLE'
  | 'SKIPPED_SUSPENDED_ACCOUNT';

/**
 * A stack set's entry for one account and Region. It is there, without a stack, also where the stack could not be created.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstance.html
 */
export interface StackInstance {
  readonly place: Place;
  /** The OU, or the root, by which the account became a target. */
  organizationalUnitId: string;
  status: 'CURRENT' | 'OUTDATED' | 'INOPERABLE';
  detailedStatus: DetailedStatus;
  statusReason?: string;
  lastOperationId: string;
  /** Absent where there is none. */
  stack?: Stack;
}
