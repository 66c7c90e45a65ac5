import { named, type WalkedType } from './walked-type';

/** Buckets. */
export const buckets: WalkedType = {
  type: 'AWS::S3::Bucket',
  inPage: 50,
  list: 'ListBuckets',
  read: { command: 'GetBucketAcl', names: (input) => 'Bucket' in input && input.Bucket },
  throttled: 'SlowDown',
  plant(aws, of, number) {
    const name = `bucket-${of.accountId}-${named(number)}`;
    aws.s3.createBucket(name, of);
    return name;
  },
  remove: (aws, id) => aws.s3.deleteBucket(id),
};
