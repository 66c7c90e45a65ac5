import { type Bucket, bucketItems } from '../../resources/bucket/model';
import type { CustomControl } from '../control';
import { evaluate } from './evaluate';
import { evaluateItem } from './evaluate-item';
import { facts } from './facts';
import type { PublicAccessParameters } from './parameters';
import { plan } from './plan';
import { undecided } from './undecided';
import { underAccountBlock } from './under-account-block';

/**
 * Finds buckets that everybody can reach by ACL or policy, and takes what is public from both. Access points are not
 * covered: each has a policy and block settings of its own, which neither the bucket's configuration item nor
 * GetBucketPolicyStatus shows. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
export const control: CustomControl<Bucket, PublicAccessParameters> = {
  ...facts,
  ...bucketItems,
  evaluateItem,
  evaluate,
  underAccountSetting: underAccountBlock,
  undecided,
  plan: (bucket, _violations, parameters) => plan(bucket, parameters),
};
