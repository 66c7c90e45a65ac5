import type { Permission } from '../../core/permission';
import { lookUpChanges } from '../../resources/kit/look-up-changes';

/*
 * Which action can be limited to what:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */

/** What reading a bucket takes. */
export const readPermissions: readonly Permission[] = [
  {
    actions: [
      's3:GetBucketPolicy',
      's3:GetBucketPolicyStatus',
      's3:GetBucketAcl',
      's3:GetBucketPublicAccessBlock',
      's3:GetBucketOwnershipControls',
      's3:GetBucketWebsite',
      's3:GetBucketTagging',
    ],
    on: 'resource',
    reason: 'The tags may exempt the bucket, where the policy says so.',
  },
  {
    actions: ['s3:GetAccountPublicAccessBlock'],
    on: 'any',
    reason: "The account's settings have no resource.",
  },
  lookUpChanges,
];

/** What fixing it takes, beside reading. */
export const fixPermissions: readonly Permission[] = [
  {
    actions: [
      's3:PutBucketAcl',
      's3:PutBucketPolicy',
      's3:DeleteBucketPolicy',
      's3:PutBucketPublicAccessBlock',
    ],
    on: 'resource',
  },
];
