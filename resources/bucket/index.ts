import type { ResourceType } from '../kit/resource-type';
import { applyChanges, isBucketChange } from './changes';
import { bucketFacts } from './facts';
import { bucketForms } from './handed-over';
import { type Bucket, bucketItems } from './model';
import { shownBucket } from './shown';

/** S3 buckets. */
export const bucket: ResourceType<Bucket> = {
  ...bucketFacts,
  ...bucketItems,
  ...bucketForms,
  ...shownBucket,
  applyChanges: (resource, changes) => applyChanges(resource, changes.filter(isBucketChange)),
};
