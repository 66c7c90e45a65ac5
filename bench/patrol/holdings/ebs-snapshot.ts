import { type Holding, hexadecimalOf } from './holding';

/** Snapshots that are not shared. */
export const ebsSnapshots: Holding = {
  usual: 20,
  large: 1_000,
  plant(aws, place, index) {
    const { accountId, region } = place;
    aws.ec2.snapshots.create(`snap-${hexadecimalOf(place, index)}`, { accountId, region });
  },
};
