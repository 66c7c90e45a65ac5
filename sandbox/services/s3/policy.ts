import type { Policies } from '../service';
import { Buckets } from './buckets';
import { policyIsPublic } from './policy-is-public';

const arnPrefix = 'arn:aws:s3:::';

/** A bucket's policy is also about its objects. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const policy: Policies = {
  malformed: 'MalformedPolicy',
  setBy: ({ operation, parameters }) =>
    operation === 'PutBucketPolicy' ? { kind: 'resource', text: parameters.Policy } : undefined,
  holderOf: (resource) => (resource.startsWith(arnPrefix) ? (resource.split('/')[0] ?? resource) : resource),
  /**
   * RestrictPublicBuckets keeps callers of other accounts from a bucket with a public policy.
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
   */
  restricts(bucket, text, principal, learned) {
    if (!bucket.startsWith(arnPrefix) || principal.kind === 'service') return false;
    const bucketName = bucket.slice(arnPrefix.length);
    const buckets = learned.of(Buckets);
    return (
      buckets.byName.get(bucketName)?.ownerAccountId !== principal.accountId &&
      buckets.effectiveBlock(bucketName).restrictPublicBuckets &&
      policyIsPublic(text)
    );
  },
  context: ({ resourceAccountId }) =>
    resourceAccountId === '' ? {} : { 's3:resourceaccount': resourceAccountId },
};
