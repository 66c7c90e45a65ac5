import type { WalkedType } from './walked-type';

/** Snapshots. */
export const snapshots: WalkedType = {
  type: 'AWS::EC2::Snapshot',
  inPage: 500,
  list: 'DescribeSnapshots',
  throttled: 'RequestLimitExceeded',
  plant(aws, of, number) {
    const id = `snap-${number.toString(16).padStart(17, '0')}`;
    aws.ec2.snapshots.create(id, of);
    return id;
  },
  remove: (aws, id) => aws.ec2.snapshots.delete(id),
};
