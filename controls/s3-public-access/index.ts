import type { CustomControl } from '../control';
import { type Bucket, bucketFromConfigurationItem } from '../resources/bucket';
import { evaluate } from './evaluate';
import { type PublicAccessParameters, parametersSchema } from './parameters';
import { fixPermissions, readPermissions } from './permissions';
import { plan } from './plan';

/**
 * Finds buckets that everybody can reach by ACL or policy, and takes what is public from both. Access points are not
 * covered: each has a policy and block settings of its own, which neither the bucket's configuration item nor
 * GetBucketPolicyStatus shows. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
export const control: CustomControl<Bucket, PublicAccessParameters> = {
  kind: 'custom',
  id: 's3-public-access',
  title: 'S3 bucket is public',
  severity: 'critical',
  resourceType: 'AWS::S3::Bucket',
  parameters: parametersSchema,
  // AWS Config names what changed as in `SupplementaryConfiguration.BucketPolicy.PolicyText`:
  // https://repost.aws/knowledge-center/config-configurationitemdiff
  relevantChanges: [
    'SupplementaryConfiguration.AccessControlList',
    'SupplementaryConfiguration.BucketPolicy',
    'SupplementaryConfiguration.PublicAccessBlockConfiguration',
    'SupplementaryConfiguration.OwnershipControls',
    'SupplementaryConfiguration.BucketOwnershipControls',
  ],
  fromConfigurationItem: bucketFromConfigurationItem,
  evaluate,
  plan: (bucket, _violations, parameters) => plan(bucket, parameters),
  readPermissions,
  fixPermissions,
};
