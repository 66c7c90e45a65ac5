import type { ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import { anyResource, type NeededAccess, type ServiceNeeds, sameName } from '../needed';
import { blockOperations } from './block-public-access';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const needs: ServiceNeeds = {
  ...sameName(
    'ec2',
    [
      'DescribeImages',
      'DescribeManagedPrefixLists',
      'DescribeNetworkInterfaces',
      'DescribePrefixLists',
      'DescribeRegions',
      'DescribeSecurityGroupRules',
      'DescribeSecurityGroups',
      'DescribeSnapshots',
      'DescribeTags',
      'DescribeVpcs',
      ...blockOperations,
    ],
    anyResource,
  ),
  // The ARNs of snapshots and images name no account.
  ...sameName(
    'ec2',
    ['DescribeSnapshotAttribute', 'ModifySnapshotAttribute', 'ResetSnapshotAttribute'],
    ({ region, parameters }) => `arn:aws:ec2:${region}::snapshot/${String(parameters.SnapshotId)}`,
  ),
  ...sameName(
    'ec2',
    ['DescribeImageAttribute', 'ModifyImageAttribute', 'ResetImageAttribute'],
    ({ region, parameters }) => `arn:aws:ec2:${region}::image/${String(parameters.ImageId)}`,
  ),
  ...sameName('ec2', ['GetManagedPrefixListEntries'], ({ region, accountId, parameters }) => {
    const id = String(parameters.PrefixListId);
    return `arn:aws:ec2:${region}:${accountId}:prefix-list/${id}`;
  }),
  AuthorizeSecurityGroupIngress: securityGroupNeeds,
  RevokeSecurityGroupIngress: securityGroupNeeds,
  UpdateSecurityGroupRuleDescriptionsIngress: securityGroupNeeds,
  // The one call that names rules themselves: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_ec2_securitygroups-vpc.html
  ModifySecurityGroupRules: (call) => [...securityGroupNeeds(call), ...ruleNeeds(call)],
  CreateTags(call) {
    const ids = (call.parameters.ResourceId ?? []) as string[];
    return ids.map((id) => ({ action: 'ec2:CreateTags', resource: taggedArn(call, id) }));
  },
};

/** The call itself is on the group; tags that it sets need CreateTags on the new rules as well. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html */
function securityGroupNeeds(call: ApiCall): NeededAccess[] {
  const { region, accountId, operation, parameters } = call;
  const groupId = String(parameters.GroupId);
  // Who answers would take the name, which nobody checked.
  const guarded = parameters.GroupId !== undefined || call.principal.kind !== 'account';
  if (parameters.GroupName !== undefined && guarded) {
    throw new ApiError(
      'InvalidParameterCombination',
      'Name the security group by GroupId, not by GroupName.',
    );
  }
  const onGroup: NeededAccess = {
    action: `ec2:${operation}`,
    resource: `arn:aws:ec2:${region}:${accountId}:security-group/${groupId}`,
    context: { 'ec2:securitygroupid': groupId },
  };
  const specifications = (parameters.TagSpecification ?? []) as {
    Tag?: { Key?: string; Value?: string }[];
  }[];
  const tags = specifications.flatMap((specification) => specification.Tag ?? []);
  if (tags.length === 0) return [onGroup];
  return [
    onGroup,
    {
      action: 'ec2:CreateTags',
      resource: `arn:aws:ec2:${region}:${accountId}:security-group-rule/*`,
      context: { 'ec2:createaction': operation, ...requestTags(tags) },
    },
  ];
}

function ruleNeeds({ region, accountId, parameters }: ApiCall): NeededAccess[] {
  const rules = (parameters.SecurityGroupRule ?? []) as { SecurityGroupRuleId?: string }[];
  return rules.map((rule) => ({
    action: 'ec2:ModifySecurityGroupRules',
    resource: `arn:aws:ec2:${region}:${accountId}:security-group-rule/${rule.SecurityGroupRuleId}`,
  }));
}

function requestTags(tags: readonly { Key?: string; Value?: string }[]): Record<string, string | string[]> {
  return {
    'aws:tagkeys': tags.map(({ Key = '' }) => Key),
    ...Object.fromEntries(
      tags.map(({ Key = '', Value = '' }) => [`aws:requesttag/${Key.toLowerCase()}`, Value]),
    ),
  };
}

function taggedArn({ region, accountId }: ApiCall, id: string): string {
  if (id.startsWith('snap-')) return `arn:aws:ec2:${region}::snapshot/${id}`;
  if (id.startsWith('ami-')) return `arn:aws:ec2:${region}::image/${id}`;
  const kind = id.startsWith('sgr-') ? 'security-group-rule' : 'security-group';
  return `arn:aws:ec2:${region}:${accountId}:${kind}/${id}`;
}
