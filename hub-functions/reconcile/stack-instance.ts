/** What one of Staunch's stack sets is for; its name is `staunch-` and this, of the pilot's with `-pilot` behind it. */
export const stackSetKinds = ['access', 'remediation', 'trail', 'recorder', 'rules'] as const;

/** What one of Staunch's stack sets is for. */
export type StackSetKind = (typeof stackSetKinds)[number];

/** A stack of a stack set, as StackSets tells of it. */
export interface StackInstance {
  /** Name of the stack set. */
  stackSet: string;
  kind: StackSetKind;
  /** Twelve digits. */
  accountId: string;
  region: string;
  /** The unit, or the root, through which the stack set reached the account. */
  unitId: string;
  /**
   * Whether it is as its stack set has it; `running` while an operation works on it.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceComprehensiveStatus.html
   */
  state: 'current' | 'failed' | 'running' | 'suspended';
  /** AWS's words on why it failed; empty where it said nothing. */
  reason: string;
}
