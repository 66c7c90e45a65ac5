import { partitionOf } from '../../core/partition';
import { lookUpChanges } from '../kit/look-up-changes';
import type { ResourceFacts } from '../kit/resource-type';
import { bucketIds } from './ids';
import { bucketTrail } from './trail';

/** What reads all that decides who can reach a bucket. */
const decisiveActions = [
  's3:GetBucketPolicy',
  's3:GetBucketPolicyStatus',
  's3:GetBucketAcl',
  's3:GetBucketPublicAccessBlock',
  's3:GetBucketOwnershipControls',
  's3:GetBucketWebsite',
] as const;

/** What is known of buckets without reading one. */
export const bucketFacts: ResourceFacts = {
  type: 'AWS::S3::Bucket',
  slug: 'bucket',
  ids: bucketIds,
  arn: (_accountId, region, resourceId, partition = partitionOf(region)) =>
    `arn:${partition}:s3:::${resourceId}`,
  // Which action can be limited to what:
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
  readPermissions: [
    {
      actions: [...decisiveActions, 's3:GetBucketTagging'],
      on: 'resource',
      reason: 'The tags may exempt the bucket, where the policy says so.',
    },
    {
      actions: ['s3:GetAccountPublicAccessBlock'],
      on: 'any',
      reason: "The account's settings have no resource.",
    },
    lookUpChanges,
  ],
  patrolPermissions: [
    {
      actions: ['s3:ListAllMyBuckets', 's3:GetAccountPublicAccessBlock'],
      on: 'any',
      reason: "The account's list of buckets and its settings have no resource.",
    },
    {
      actions: [...decisiveActions],
      on: 'resource',
    },
  ],
  trail: bucketTrail,
  isRecorded: true,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
  publicBlock: {
    name: 'block public access of S3, for the account',
    of: 'account',
    unseen: 'ACLs of single objects, and access points',
  },
};
