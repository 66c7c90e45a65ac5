import type { ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { anyResource, type ServiceNeeds, sameName } from '../needed';
import { OrganizationFacts } from './organization-facts';

/**
 * A delegated administrator's own policies decide, although the resources belong to the management account.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 */
export const needs: ServiceNeeds = ownAccountDecides({
  ...sameName(
    'organizations',
    [
      'DescribeOrganization',
      'ListAccounts',
      'ListDelegatedAdministrators',
      'ListPolicies',
      'ListRoots',
      'ListAWSServiceAccessForOrganization',
    ],
    anyResource,
  ),
  ...sameName('organizations', ['DescribeAccount', 'ListDelegatedServicesForAccount'], (call, learned) =>
    nodeArn(call.parameters.AccountId, learned),
  ),
  ...sameName('organizations', ['DescribeOrganizationalUnit'], (call, learned) =>
    nodeArn(call.parameters.OrganizationalUnitId, learned),
  ),
  ...sameName('organizations', ['ListPoliciesForTarget'], (call, learned) =>
    nodeArn(call.parameters.TargetId, learned),
  ),
  ...sameName('organizations', ['DescribePolicy', 'ListTargetsForPolicy'], (call, learned) =>
    policyArn(call.parameters.PolicyId, learned),
  ),
  ...sameName('organizations', ['ListParents'], (call, learned) => nodeArn(call.parameters.ChildId, learned)),
  ...sameName(
    'organizations',
    ['ListAccountsForParent', 'ListChildren', 'ListOrganizationalUnitsForParent'],
    (call, learned) => nodeArn(call.parameters.ParentId, learned),
  ),
  ...sameName('organizations', ['ListTagsForResource'], (call, learned) =>
    nodeArn(call.parameters.ResourceId, learned),
  ),
});

function ownAccountDecides(needs: ServiceNeeds): ServiceNeeds {
  return Object.fromEntries(
    Object.entries(needs).map(([operation, needed]) => [
      operation,
      (call: ApiCall, learned: Learned) =>
        needed(call, learned).map((access) => ({ ...access, resourceAccountId: call.principal.accountId })),
    ]),
  );
}

function policyArn(id: unknown, learned: Learned): string {
  const organization = learned.of(OrganizationFacts);
  return `arn:aws:organizations::${organization.managementAccountId}:policy/${organization.id}/service_control_policy/${id}`;
}

/** ARN of an account, OU or root by its id. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_arn-formats.html */
function nodeArn(id: unknown, learned: Learned): string {
  const organization = learned.of(OrganizationFacts);
  const text = String(id);
  const kind = text.startsWith('ou-') ? 'ou' : text.startsWith('r-') ? 'root' : 'account';
  return `arn:aws:organizations::${organization.managementAccountId}:${kind}/${organization.id}/${text}`;
}
