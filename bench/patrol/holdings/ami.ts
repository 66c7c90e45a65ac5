import { type Holding, hexadecimalOf } from './holding';

/** AMIs that are not shared. */
export const amis: Holding = {
  usual: 5,
  large: 50,
  plant(aws, place, index) {
    const { accountId, region } = place;
    aws.ec2.images.create(`ami-${hexadecimalOf(place, index)}`, { accountId, region });
  },
};
