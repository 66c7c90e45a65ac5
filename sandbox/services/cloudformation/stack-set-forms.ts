import type { OperationPreferences } from '../../cloudformation/stack-sets/definition';
import type { StackInstance } from '../../cloudformation/stack-sets/instance';
import type { Operation, OperationResult } from '../../cloudformation/stack-sets/operation';
import type { StackSet } from '../../cloudformation/stack-sets/stack-set';
import type { XmlValue } from './xml';

type Form = { readonly [name: string]: XmlValue };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetSummary.html */
export function summaryForm({ id, request }: StackSet): Form {
  return {
    StackSetName: request.name,
    StackSetId: id,
    Description: request.description,
    Status: 'ACTIVE',
    AutoDeployment: autoDeploymentForm(request),
    PermissionModel: 'SERVICE_MANAGED',
    DriftStatus: 'NOT_CHECKED',
    ManagedExecution: { Active: request.managedExecution },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSet.html */
export function stackSetForm(stackSet: StackSet): Form {
  const { arn, request, scopes } = stackSet;
  const units = scopes.units;
  return {
    ...summaryForm(stackSet),
    StackSetARN: arn,
    TemplateBody: JSON.stringify(request.template),
    Parameters: Object.entries(request.parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    Capabilities: request.capabilities,
    Tags: [],
    OrganizationalUnitIds: units.map(({ id }) => id),
    Regions: [...new Set(units.flatMap(({ regions }) => regions))],
    StackSetDriftDetectionDetails: { DriftStatus: 'NOT_CHECKED' },
  };
}

function autoDeploymentForm({ autoDeployment }: StackSet['request']): Form {
  return {
    Enabled: autoDeployment.enabled,
    RetainStacksOnAccountRemoval: autoDeployment.enabled
      ? autoDeployment.retainStacksOnAccountRemoval
      : undefined,
    DependsOn: autoDeployment.dependsOn.length > 0 ? autoDeployment.dependsOn : undefined,
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstance.html */
export function instanceForm({ id }: StackSet, instance: StackInstance): Form {
  const { place, stack, status, detailedStatus, statusReason, organizationalUnitId } = instance;
  return {
    StackSetId: id,
    Account: place.accountId,
    Region: place.region,
    StackId: stack?.stackId,
    Status: status,
    StatusReason: statusReason,
    StackInstanceStatus: { DetailedStatus: detailedStatus },
    OrganizationalUnitId: organizationalUnitId,
    DriftStatus: 'NOT_CHECKED',
    LastOperationId: instance.lastOperationId,
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationSummary.html */
export function operationSummaryForm(operation: Operation): Form {
  const { id, action, status, statusReason, createdAt, endedAt, results } = operation;
  return {
    OperationId: id,
    Action: action,
    Status: status,
    StatusReason: statusReason,
    CreationTimestamp: createdAt,
    EndTimestamp: endedAt,
    StatusDetails: { FailedStackInstancesCount: results.filter((one) => one.status === 'FAILED').length },
    OperationPreferences: preferencesForm(operation.preferences),
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperation.html */
export function operationForm({ id }: StackSet, operation: Operation): Form {
  const { targets } = operation;
  return {
    ...operationSummaryForm(operation),
    StackSetId: id,
    RetainStacks: operation.retainStacks,
    DeploymentTargets: targets && {
      OrganizationalUnitIds: targets.organizationalUnitIds,
      Accounts: targets.accountFilter.accountIds,
      AccountFilterType: targets.accountFilter.type,
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationResultSummary.html */
export function resultForm(result: OperationResult): Form {
  return {
    Account: result.accountId,
    Region: result.region,
    Status: result.status,
    StatusReason: result.reason,
    OrganizationalUnitId: result.organizationalUnitId,
    AccountGateResult: { Status: 'SKIPPED', StatusReason: 'Function not found' },
  };
}

function preferencesForm(preferences: OperationPreferences): Form {
  return {
    RegionConcurrencyType: preferences.regionConcurrency,
    RegionOrder: preferences.regionOrder,
    FailureToleranceCount: preferences.failureToleranceCount,
    FailureTolerancePercentage: preferences.failureTolerancePercentage,
    MaxConcurrentCount: preferences.maxConcurrentCount,
    MaxConcurrentPercentage: preferences.maxConcurrentPercentage,
    ConcurrencyMode: preferences.concurrencyMode,
  };
}
