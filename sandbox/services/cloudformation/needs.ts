import type { ApiCall } from '../../gateway/api';
import { orArn } from '../../gateway/arn';
import type { Learned } from '../../gateway/learned';
import { anyResource, type ServiceNeeds, sameName } from '../needed';
import { OrganizationFacts } from '../organizations/organization-facts';

/**
 * A stack set's ARN names the management account, also for a delegated administrator, whose own policies decide.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html
 */
export const needs: ServiceNeeds = {
  ...ownAccountDecides(
    sameName(
      'cloudformation',
      [
        'CreateStackInstances',
        'DeleteStackInstances',
        'DeleteStackSet',
        'DescribeStackInstance',
        'DescribeStackSet',
        'DescribeStackSetOperation',
        'ListStackInstances',
        'ListStackSetOperationResults',
        'ListStackSetOperations',
        'StopStackSetOperation',
        'UpdateStackInstances',
      ],
      stackSetArn,
    ),
  ),
  ...sameName(
    'cloudformation',
    [
      'ActivateOrganizationsAccess',
      'DescribeOrganizationsAccess',
      'GetTemplateSummary',
      'ListStackSets',
      'ListStacks',
      'ValidateTemplate',
    ],
    anyResource,
  ),
  ...sameName(
    'cloudformation',
    [
      'CreateChangeSet',
      'DeleteChangeSet',
      'DeleteStack',
      'DescribeChangeSet',
      'DescribeStackEvents',
      'DescribeStackResources',
      'DescribeStacks',
      'ExecuteChangeSet',
      'GetTemplate',
      'ListChangeSets',
      'ListStackResources',
      'UpdateTerminationProtection',
    ],
    stackArn,
  ),
};

/** Ids are not known from names here: a policy may limit a stack set by its name, `stackset/NAME:*`. */
function stackSetArn({ region, parameters: { StackSetName } }: ApiCall, learned: Learned): string {
  const name = String(StackSetName);
  const { managementAccountId } = learned.of(OrganizationFacts);
  const resource = name.includes(':') ? name : `${name}:*`;
  return orArn(StackSetName, `arn:aws:cloudformation:${region}:${managementAccountId}:stackset/${resource}`);
}

function stackArn({ accountId, region, parameters }: ApiCall): string {
  const { StackName } = parameters;
  if (StackName === undefined) return '*';
  return orArn(StackName, `arn:aws:cloudformation:${region}:${accountId}:stack/${StackName}/*`);
}

function ownAccountDecides(table: ServiceNeeds): ServiceNeeds {
  return Object.fromEntries(
    Object.entries(table).map(([operation, needed]) => [
      operation,
      (call: ApiCall, learned: Learned) =>
        needed(call, learned).map((access) => ({ ...access, resourceAccountId: call.principal.accountId })),
    ]),
  );
}
