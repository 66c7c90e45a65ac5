import type { StackSetKind } from '../../core/names';

/** A stack of a stack set, as StackSets tells of it. */
export interface StackInstance {
  /** Name of the stack set. */
  stackSet: string;
  kind: StackSetKind;
  /** Whether it is one of the pilot's. */
  pilot: boolean;
  /** Whether its stack set went where another policy than the hub's has it, as in the middle of a deployment. */
  placedOtherwise: boolean;
  /** Twelve digits. */
  accountId: string;
  region: string;
  /** The unit, or the root, through which the stack set reached the account. */
  unitId: string;
  /**
   * Whether it is as its stack set has it; `running` while an operation works on it; `inoperable` where AWS could not delete it, and takes
   * no update of it any more.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceComprehensiveStatus.html
   */
  state: 'current' | 'failed' | 'running' | 'suspended' | 'inoperable';
  /** AWS's words on why it failed; empty where it said nothing. */
  reason: string;
}
