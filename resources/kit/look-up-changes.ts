import type { Permission } from '../../core/permission';

/**
 * Looking up who changed a resource last, so that people hear who keeps opening it again.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
 */
export const lookUpChanges: Permission = {
  actions: ['cloudtrail:LookupEvents'],
  on: 'any',
  reason:
    "CloudTrail's event history is no resource: whoever may look up one resource's changes may look up all of the account's in that Region.",
};
