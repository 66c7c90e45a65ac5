import { partitionOf } from '../../core/partition';
import { lookUpChanges } from '../kit/look-up-changes';
import type { ResourceFacts } from '../kit/resource-type';
import { groupIds } from './ids';
import { groupTrail } from './trail';

/** What is known of security groups without reading one. */
export const securityGroupFacts: ResourceFacts = {
  type: 'AWS::EC2::SecurityGroup',
  slug: 'security-group',
  ids: groupIds,
  arn: (accountId, region, resourceId, partition = partitionOf(region)) =>
    `arn:${partition}:ec2:${region}:${accountId}:security-group/${resourceId}`,
  // Which action can be limited to what:
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
  readPermissions: [
    {
      actions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
      on: 'any',
      reason: 'EC2 offers no resource for its Describe actions.',
    },
    {
      actions: ['ec2:GetManagedPrefixListEntries'],
      on: 'any',
      reason:
        'Its resource is the prefix list, which may be shared by another account; the group is not one of its resources.',
    },
    lookUpChanges,
  ],
  patrolPermissions: [
    {
      actions: ['ec2:DescribeSecurityGroups'],
      on: 'any',
      reason: 'EC2 offers no resource for its Describe actions.',
    },
    {
      actions: ['ec2:GetManagedPrefixListEntries'],
      on: 'any',
      reason: 'Its resource is the prefix list, which may be shared by another account.',
    },
  ],
  trail: groupTrail,
  isRecorded: true,
};
