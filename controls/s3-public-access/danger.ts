import { RefusedError } from '../../core/errors';
import { type Grant, isPublicGrant } from '../../resources/bucket/acl';
import type { BlockSettings, Bucket } from '../../resources/bucket/model';
import { bucketPolicyRules } from '../../resources/bucket/policy-rules';
import { rulesOf } from '../../resources/kit/policy/document-rules';
import { type PublicStatement, publicStatements } from '../../resources/kit/policy/public-statements';

/** What lets everybody into a bucket. */
export interface Danger {
  grants: readonly Grant[];
  statements: readonly PublicStatement[];
}

/** Of every bucket. */
export const policyRules = rulesOf(bucketPolicyRules);

/**
 * What lets everybody into the bucket, after its settings: ACLs do not count where the bucket owner owns every object or
 * public ACLs are ignored, nor does a policy where public buckets are restricted, at the bucket or in the account:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 * @throws RefusedError when S3's own verdict on the policy is another than ours.
 * @throws ResourceInputError when the policy is malformed.
 */
export function dangerOf(bucket: Bucket): Danger {
  const statements = publicStatements(bucket.policy, policyRules);
  refuseDisagreement(bucket, statements);
  return {
    grants: aclCounts(bucket) ? bucket.grants.filter(isPublicGrant) : [],
    statements: policyCounts(bucket) ? statements : [],
  };
}

/** Whether the bucket's ACL can let anybody in. */
export function aclCounts(bucket: Bucket): boolean {
  return bucket.objectOwnership !== 'BucketOwnerEnforced' && !isOn(bucket, 'IgnorePublicAcls');
}

/** Whether the bucket's policy can let everybody in. */
export function policyCounts(bucket: Bucket): boolean {
  return !isOn(bucket, 'RestrictPublicBuckets');
}

/** Whether a setting is on, for the bucket or for its account: the stricter one counts. */
function isOn(bucket: Bucket, setting: keyof BlockSettings): boolean {
  return bucket.publicAccessBlock[setting] || bucket.accountPublicAccessBlock[setting];
}

function refuseDisagreement(bucket: Bucket, statements: readonly PublicStatement[]): void {
  const isPublic = statements.length > 0;
  if (bucket.policyIsPublic === undefined || bucket.policyIsPublic === isPublic) return;
  const [theirs, ours] = isPublic ? ['not public', 'public'] : ['public', 'not public'];
  throw new RefusedError(
    `S3 says that the policy of ${bucket.name} is ${theirs}, and Staunch reads it as ${ours}, so nothing may be changed. Look at the policy by hand.`,
  );
}
