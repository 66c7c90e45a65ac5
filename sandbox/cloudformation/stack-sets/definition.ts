import type { Template } from '../../../infra/assembly';
import type { Place } from '../../events';

/** Path of the file or folder that stands in the cloud assembly for an object of the bootstrap bucket. */
export type FindAsset = (bucket: string, key: string) => string;

/** Where the stacks of a stack set go: accounts under OUs, and Regions. */
export interface InstancesGroup {
  /** Ids of OUs, or of the root. OUs below them are included. */
  organizationalUnitIds: string[];
  /**
   * Which accounts under the OUs get stacks when the stack set is created. Auto-deployment does not look at it.
   */
  accountFilter: { type: 'NONE' | 'INTERSECTION' | 'DIFFERENCE'; accountIds: string[] };
  regions: string[];
}

/** A stack set, as `AWS::CloudFormation::StackSet` describes it. */
export interface StackSetRequest {
  name: string;
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
  groups: InstancesGroup[];
  asset: FindAsset;
}
