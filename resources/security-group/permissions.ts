import type { Permission } from '../../core/permission';
import { lookUpChanges } from '../kit/look-up-changes';

/*
 * Which action can be limited to what:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */

/** What reading a security group takes. */
export const readPermissions: readonly Permission[] = [
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
];

/** What fixing it takes, beside reading. */
export const fixPermissions: readonly Permission[] = [
  {
    actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
    on: 'resource',
    reason: 'The resource is the group; its rules are not looked at unless they are tagged in the same call.',
  },
  {
    actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:CreateTags'],
    on: 'new-security-group-rule',
    reason: 'A rule that takes the place of another has its tags. The ids of new rules are not known before.',
  },
];
