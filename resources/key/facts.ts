import { partitionOf } from '../../core/partition';
import { lookUpChanges } from '../kit/look-up-changes';
import type { ResourceFacts } from '../kit/resource-type';
import { keyIds } from './ids';
import { keyTrail } from './trail';

/** What is known of keys without reading one. */
export const keyFacts: ResourceFacts = {
  type: 'AWS::KMS::Key',
  slug: 'key',
  ids: keyIds,
  arn: (accountId, region, resourceId, partition = partitionOf(region)) =>
    `arn:${partition}:kms:${region}:${accountId}:key/${resourceId}`,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
  readPermissions: [
    {
      actions: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListResourceTags'],
      on: 'resource',
      reason: 'None of them uses the key. The tags may exempt it, where the policy says so.',
    },
    lookUpChanges,
  ],
  patrolPermissions: [
    {
      actions: ['kms:ListKeys'],
      on: 'any',
      reason: 'KMS offers no resource for the list of keys.',
    },
    { actions: ['kms:GetKeyPolicy'], on: 'resource' },
  ],
  trail: keyTrail,
  isRecorded: true,
};
