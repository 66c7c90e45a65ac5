import type { Holding } from './holding';

/** Manual snapshots of RDS instances that are not shared, nor encrypted. */
export const rdsSnapshots: Holding = {
  usual: 5,
  large: 100,
  plant: (aws, { accountId, region }, index) =>
    aws.rds.snapshots.create(`snapshot-${index}`, { accountId, region }),
};
