import type { ChangeSet } from '../../cloudformation/stacks/change-set';
import type { StackEvent, StackRecord, StackResource } from '../../cloudformation/stacks/record';
import type { XmlValue } from './xml';

type Form = { readonly [name: string]: XmlValue };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSummary.html */
export function stackSummaryForm(record: StackRecord): Form {
  return {
    StackId: record.stackId,
    StackName: record.stackName,
    CreationTime: record.createdAt,
    LastUpdatedTime: record.updatedAt,
    DeletionTime: record.deletedAt,
    StackStatus: record.status,
    StackStatusReason: record.statusReason,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export function stackForm(record: StackRecord): Form {
  const { settings } = record;
  return {
    ...stackSummaryForm(record),
    EnableTerminationProtection: record.terminationProtection,
    DisableRollback: false,
    NotificationARNs: [],
    RoleARN: settings.roleArn,
    Capabilities: settings.capabilities,
    Tags: settings.tags.map(({ Key, Value }) => ({ Key, Value })),
    Parameters: parameterForms(settings.parameters),
    Outputs: Object.entries(record.stack?.outputs ?? {}).map(([OutputKey, OutputValue]) => ({
      OutputKey,
      OutputValue,
    })),
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html */
export function eventForm({ stackId, stackName }: StackRecord, event: StackEvent): Form {
  return {
    StackId: stackId,
    StackName: stackName,
    EventId: event.id,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    Timestamp: event.at,
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResourceSummary.html */
export function resourceForm(logicalId: string, resource: StackResource): Form {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: resource.physicalId || undefined,
    ResourceType: resource.type,
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.reason,
    LastUpdatedTimestamp: resource.at,
    Timestamp: resource.at,
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export function changeSetForm({ stackId, stackName }: StackRecord, changeSet: ChangeSet): Form {
  const { settings } = changeSet;
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    ChangeSetType: changeSet.type,
    StackId: stackId,
    StackName: stackName,
    CreationTime: changeSet.createdAt,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    ExecutionStatus: changeSet.executionStatus,
    Capabilities: settings.capabilities,
    Tags: settings.tags.map(({ Key, Value }) => ({ Key, Value })),
    Parameters: parameterForms(settings.parameters),
    NotificationARNs: [],
    Changes: changeSet.changes.map(({ action, logicalId, type }) => ({
      Type: 'Resource',
      ResourceChange: {
        Action: action,
        LogicalResourceId: logicalId,
        ResourceType: type,
        Replacement: action === 'Modify' ? 'False' : undefined,
        Scope: [],
        Details: [],
      },
    })),
  };
}

function parameterForms(parameters: Readonly<Record<string, string>>): Form[] {
  return Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));
}
