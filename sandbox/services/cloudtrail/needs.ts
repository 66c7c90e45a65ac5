import { anyResource, type ServiceNeeds, sameName } from '../needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html */
export const needs: ServiceNeeds = {
  ...sameName('cloudtrail', ['LookupEvents', 'DescribeTrails'], anyResource),
  // A member asks for the organization's trail by its ARN, which names the management account; the member's policies decide.
  GetTrailStatus: ({ principal }) => [
    { action: 'cloudtrail:GetTrailStatus', resource: '*', resourceAccountId: principal.accountId },
  ],
};
