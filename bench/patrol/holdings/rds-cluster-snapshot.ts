import type { Holding } from './holding';

/** Manual snapshots of clusters that are not shared, nor encrypted. */
export const rdsClusterSnapshots: Holding = {
  usual: 2,
  large: 20,
  plant: (aws, { accountId, region }, index) =>
    aws.rds.clusterSnapshots.create(`snapshot-${index}`, { accountId, region }),
};
