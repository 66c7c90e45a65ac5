import type { Template } from '../../../infra/assembly';
import type { Place } from '../../events';

/** Path of the file or folder that stands for an object of the bootstrap bucket. */
export type FindAsset = (bucket: string, key: string) => string | Promise<string>;

/** Which accounts under organizational units an operation is about. */
export interface AccountFilter {
  type: 'NONE' | 'INTERSECTION' | 'DIFFERENCE';
  accountIds: string[];
}

/** Where the stacks of a stack set go: accounts under OUs, and Regions. */
export interface InstancesGroup {
  /** Ids of OUs, or of the root. OUs below them are included. */
  organizationalUnitIds: string[];
  /**
   * Which accounts under the OUs get stacks when the stack set is created. Auto-deployment does not look at it.
   */
  accountFilter: AccountFilter;
  regions: string[];
}

/**
 * How an operation goes through accounts and Regions. Auto-deployment does not look at it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationPreferences.html
 */
export interface OperationPreferences {
  regionOrder: string[];
  regionConcurrency: 'SEQUENTIAL' | 'PARALLEL';
  failureToleranceCount?: number;
  failureTolerancePercentage?: number;
  maxConcurrentCount?: number;
  maxConcurrentPercentage?: number;
  concurrencyMode: 'STRICT_FAILURE_TOLERANCE' | 'SOFT_FAILURE_TOLERANCE';
}

/** What AWS takes where an operation says nothing else: one account after the other, and no failure. */
export const defaultPreferences: OperationPreferences = {
  regionOrder: [],
  regionConcurrency: 'SEQUENTIAL',
  concurrencyMode: 'STRICT_FAILURE_TOLERANCE',
};

/** A stack set, as `AWS::CloudFormation::StackSet` describes it. */
export interface StackSetRequest {
  name: string;
  description?: string;
  /** The account and Region that the stack set itself lives in. */
  administrator: Place;
  callAs: 'SELF' | 'DELEGATED_ADMIN';
  capabilities: string[];
  /** As it stands in its file. */
  template: Template;
  parameters: Record<string, string>;
  autoDeployment: {
    enabled: boolean;
    retainStacksOnAccountRemoval: boolean;
    /** ARNs of stack sets that auto-deployment finishes first. */
    dependsOn: string[];
  };
  /** Whether operations that do not touch the same accounts run at the same time, and others wait. */
  managedExecution: boolean;
  preferences: OperationPreferences;
  groups: InstancesGroup[];
  asset: FindAsset;
}
