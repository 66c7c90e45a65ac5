import { Fn } from 'aws-cdk-lib';
import { CfnStackSet } from 'aws-cdk-lib/aws-cloudformation';
import {
  Capability,
  DeploymentType,
  type OperationPreferences,
  RegionConcurrencyType,
  StackSet,
  type StackSetStack,
  StackSetTarget,
  StackSetTemplate,
} from 'cdk-stacksets';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';

/** What tells one stack set from another. */
export interface MemberStackSetProps {
  organization: Organization;
  name: string;
  description: string;
  template: StackSetStack;
  regions: string[];
  /** The stack set that has to be in an account first. */
  after?: MemberStackSet;
}

/**
 * How an operation goes through the accounts: all Regions at once, all accounts at once, and on past accounts that
 * fail, so that one unusual account keeps no other unprotected. How many may fail in a Region is a count: a percentage
 * is rounded down, so that of four accounts 20 % are none.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationPreferences.html
 * `concurrencyMode` has no type in cdk-stacksets, which hands the object on unchanged.
 */
const operationPreferences = {
  regionConcurrencyType: RegionConcurrencyType.PARALLEL,
  maxConcurrentPercentage: 100,
  failureToleranceCount: 5,
  concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
} as OperationPreferences;

/**
 * A service-managed stack set over the policy's targets, run from the hub as delegated administrator. An account that
 * joins a target gets its stacks by itself; one that leaves loses them.
 */
export class MemberStackSet extends Construct {
  private readonly resource: CfnStackSet;
  private readonly managementAccount: string;

  constructor(scope: Construct, id: string, props: MemberStackSetProps) {
    super(scope, id);
    const stackSet = new StackSet(this, 'StackSet', {
      stackSetName: props.name,
      description: props.description,
      template: StackSetTemplate.fromStackSetStack(props.template),
      target: StackSetTarget.fromOrganizationalUnits({
        organizationalUnits: [...props.organization.targets],
        regions: props.regions,
      }),
      deploymentType: DeploymentType.serviceManaged({
        delegatedAdmin: true,
        autoDeployEnabled: true,
        autoDeployRetainStacks: false,
      }),
      managedExecution: true,
      capabilities: [Capability.NAMED_IAM],
      operationPreferences,
    });
    const resource = stackSet.node.defaultChild;
    if (!(resource instanceof CfnStackSet)) {
      throw new Error('cdk-stacksets made no AWS::CloudFormation::StackSet.');
    }
    this.resource = resource;
    this.managementAccount = props.organization.organization.managementAccount;
    if (props.after) this.waitFor(props.after);
  }

  /**
   * For every account that joins later, and, because CloudFormation has to know the other's id first, for the first
   * deployment.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudformation-stackset-autodeployment.html
   */
  private waitFor(other: MemberStackSet): void {
    this.resource.addPropertyOverride('AutoDeployment.DependsOn', [other.arn]);
  }

  /**
   * It names the management account: a stack set with service-managed permissions is created there, also when a
   * delegated administrator creates it.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
   * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html
   */
  private get arn(): string {
    return Fn.join('', [
      `arn:aws:cloudformation:${this.resource.stack.region}:${this.managementAccount}:stackset/`,
      this.resource.attrStackSetId,
    ]);
  }
}
