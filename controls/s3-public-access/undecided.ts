import type { Bucket, DecidingPart } from '../../resources/bucket/model';
import { aclCounts, policyCounts } from './danger';

/** Why nobody can tell whether the bucket is public: a part that would decide was not recorded. Live readings hold every part. */
export function undecided(bucket: Bucket): string | undefined {
  const counts: Record<DecidingPart, boolean> = {
    AccessControlList: aclCounts(bucket),
    BucketPolicy: policyCounts(bucket),
  };
  const missing = (bucket.unrecorded ?? []).filter((part) => counts[part]);
  if (missing.length === 0) {
    return bucket.aclHidden && counts.AccessControlList
      ? 'Whether the bucket is public cannot be told: AWS Config recorded its ACL while the account ignored public ACLs.'
      : undefined;
  }
  return `Whether the bucket is public cannot be told: AWS Config did not record ${missing.join(' and ')}.`;
}
