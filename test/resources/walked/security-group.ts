import type { WalkedType } from './walked-type';

/** Groups: a page holds all that is read of one. */
export const groups: WalkedType = {
  type: 'AWS::EC2::SecurityGroup',
  inPage: 500,
  list: 'DescribeSecurityGroups',
  throttled: 'RequestLimitExceeded',
  plant(aws, of, number) {
    const id = `sg-${number.toString(16).padStart(17, '0')}`;
    aws.ec2.createGroup(id, of);
    return id;
  },
  remove: (aws, id) => aws.ec2.deleteGroup(id),
};
