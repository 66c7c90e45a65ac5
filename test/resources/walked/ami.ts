import type { WalkedType } from './walked-type';

/** AMIs. */
export const amis: WalkedType = {
  type: 'AWS::EC2::Image',
  inPage: 500,
  list: 'DescribeImages',
  throttled: 'RequestLimitExceeded',
  plant(aws, of, number) {
    const id = `ami-${number.toString(16).padStart(17, '0')}`;
    aws.ec2.images.create(id, of);
    return id;
  },
  remove: (aws, id) => aws.ec2.images.delete(id),
};
