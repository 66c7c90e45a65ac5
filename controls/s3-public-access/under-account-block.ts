import { accountBlockSettings, type Bucket } from '../../resources/bucket/model';
import type { UnderAccountSetting } from '../control';
import { aclCounts } from './danger';

/**
 * How the account's public access block decides about a bucket. Under IgnorePublicAcls S3 answers the ACL that counts,
 * and not the one that is there, so that AWS Config records no public grants. They count again once the setting is off,
 * and AWS Config records no item then:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export const underAccountBlock: UnderAccountSetting<Bucket> = {
  fill: (bucket, { now, hid }) => ({
    ...bucket,
    accountPublicAccessBlock: accountBlockSettings(now),
    ...(hid && { aclHidden: true }),
  }),
  // A bucket's own settings, and its object ownership, make an item when they change.
  hides: (bucket, then) =>
    aclCounts(bucket) && (then === undefined || accountBlockSettings(then).IgnorePublicAcls),
};
