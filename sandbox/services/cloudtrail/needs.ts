import { anyResource, type ServiceNeeds, sameName } from '../needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html */
export const needs: ServiceNeeds = sameName(
  'cloudtrail',
  ['LookupEvents', 'DescribeTrails', 'GetTrailStatus'],
  anyResource,
);
