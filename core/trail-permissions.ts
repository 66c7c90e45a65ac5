import type { Permission } from './permission';

/** What it takes to tell whether a trail of CloudTrail logs in an account and Region. */
export const trailPermissions: readonly Permission[] = [
  {
    actions: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus'],
    on: 'any',
    reason:
      "DescribeTrails names no resource, and an organization's trail is the management account's: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html",
  },
];
