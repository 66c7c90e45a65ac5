import type { ConfigurationItems } from '../kit/resource-type';
import { snapshotFromApi, snapshotItems } from '../kit/share-list/rds/model';
import type { SharedResource } from '../kit/share-list/shared-resource';
import { rdsClusterSnapshotNames } from './names';

/** Snapshots of clusters of Aurora, Neptune and DocumentDB, and of Multi-AZ clusters of RDS, as far as it decides who may restore one. */
export type RdsClusterSnapshot = SharedResource;

/**
 * Fills the model from what RDS answers about one: DescribeDBClusterSnapshotAttributes' answer, and beside it what DescribeDBClusterSnapshots says, as far as that is known.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterSnapshotAttributes.html
 * @throws ResourceInputError when it cannot be understood
 */
export function rdsClusterSnapshotFromApi(answer: unknown): RdsClusterSnapshot {
  return snapshotFromApi(answer, rdsClusterSnapshotNames);
}

/** The same as AWS Config records them. */
export const rdsClusterSnapshotItems: ConfigurationItems<RdsClusterSnapshot> =
  snapshotItems(rdsClusterSnapshotNames);
