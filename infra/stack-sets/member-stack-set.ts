import { Fn } from 'aws-cdk-lib';
import { CfnStackSet } from 'aws-cdk-lib/aws-cloudformation';
import {
  Capability,
  DeploymentType,
  type OperationPreferences,
  RegionConcurrencyType,
  StackSet,
  type StackSetStack,
  StackSetTemplate,
} from 'cdk-stacksets';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { partitionOf } from '../../core/partition';

/** What tells one stack set from another. */
export interface MemberStackSetProps {
  organization: Organization;
  name: string;
  description: string;
  template: StackSetStack;
  /** Which accounts, and which Regions. */
  groups: CfnStackSet.StackInstancesProperty[];
  /** Whether accounts that join the units of the groups get their stacks by themselves, and lose them when they leave. */
  autoDeployed: boolean;
  /** The stack sets that have to be in an account first. */
  after: readonly MemberStackSet[];
}

/**
 * How an operation goes through the accounts: all Regions at once, and on past accounts that fail, however many they are. An operation
 * that fails has CloudFormation roll the stack back that holds the stack set, with all that succeeded. What failed is told, and tried
 * again, by the hub. Of 100 percent nothing is lost by rounding.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationPreferences.html
 */
function operationPreferences({ accountsAtOnce }: Organization['rollout']): OperationPreferences {
  return {
    regionConcurrencyType: RegionConcurrencyType.PARALLEL,
    failureTolerancePercentage: 100,
    ...softly,
    ...(accountsAtOnce === undefined
      ? { maxConcurrentPercentage: 100 }
      : { maxConcurrentCount: accountsAtOnce }),
  };
}

/** It has no type in cdk-stacksets, which hands the preferences on unchanged. */
const softly = { concurrencyMode: 'SOFT_FAILURE_TOLERANCE' };

/** A service-managed stack set, run from the hub as delegated administrator. */
export class MemberStackSet extends Construct {
  private readonly resource: CfnStackSet;
  private readonly managementAccount: string;
  private readonly autoDeployed: boolean;

  constructor(scope: Construct, id: string, props: MemberStackSetProps) {
    super(scope, id);
    const { autoDeployed, organization } = props;
    const stackSet = new StackSet(this, 'StackSet', {
      stackSetName: props.name,
      description: props.description,
      template: StackSetTemplate.fromStackSetStack(props.template),
      deploymentType: DeploymentType.serviceManaged({
        delegatedAdmin: true,
        autoDeployEnabled: autoDeployed,
        ...(autoDeployed && { autoDeployRetainStacks: false }),
      }),
      managedExecution: true,
      capabilities: [Capability.NAMED_IAM],
      operationPreferences: operationPreferences(organization.rollout),
    });
    const resource = stackSet.node.defaultChild;
    if (!(resource instanceof CfnStackSet)) {
      throw new Error('cdk-stacksets made no AWS::CloudFormation::StackSet.');
    }
    // cdk-stacksets knows no intersection of units with accounts.
    resource.stackInstancesGroup = props.groups;
    this.resource = resource;
    this.autoDeployed = autoDeployed;
    this.managementAccount = organization.organization.managementAccount;
    this.waitFor(props.after);
  }

  /**
   * For every account that joins later, and, because CloudFormation has to know the others' ids first, for the first deployment. Of what
   * is not auto-deployed only the first deployment waits.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudformation-stackset-autodeployment.html
   */
  private waitFor(others: readonly MemberStackSet[]): void {
    const named = others.filter((other) => this.autoDeployed && other.autoDeployed);
    for (const other of others)
      if (!named.includes(other)) this.resource.addResourceDependency(other.resource);
    if (named.length === 0) return;
    this.resource.addPropertyOverride(
      'AutoDeployment.DependsOn',
      named.map((other) => other.arn),
    );
  }

  /**
   * It names the management account: a stack set with service-managed permissions is created there, also when a
   * delegated administrator creates it.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
   * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html
   */
  private get arn(): string {
    return Fn.join('', [
      `arn:${partitionOf(this.resource.stack.region)}:cloudformation:${this.resource.stack.region}:${this.managementAccount}:stackset/`,
      this.resource.attrStackSetId,
    ]);
  }
}
