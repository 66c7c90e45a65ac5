import { partitionOf } from '../../core/partition';
import type { Permission, RelatedResources } from '../../core/permission';

/** Rules that a call creates; their ids are not known before. */
const newRules: RelatedResources = {
  arn: (accountId, region, partition = partitionOf(region)) =>
    `arn:${partition}:ec2:${region}:${accountId}:security-group-rule/*`,
  noun: 'rules that the same call creates',
  reason:
    'The ids of new rules are not known before; adding them takes the permission on their group as well.',
};

/**
 * What changing the rules of a security group takes, beside reading it. Which action can be limited to what:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export const changeRules: readonly Permission[] = [
  {
    actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
    on: 'resource',
    reason: 'The resource is the group; its rules are not looked at unless they are tagged in the same call.',
  },
  {
    actions: ['ec2:AuthorizeSecurityGroupIngress'],
    on: newRules,
    reason: 'A rule that takes the place of another has its tags.',
  },
  {
    actions: ['ec2:CreateTags'],
    // Only of rules that the same call creates; the key is one of CreateTags alone:
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
    on: { ...newRules, equals: { 'ec2:CreateAction': 'AuthorizeSecurityGroupIngress' } },
    reason: 'A rule that takes the place of another has its tags.',
  },
];
