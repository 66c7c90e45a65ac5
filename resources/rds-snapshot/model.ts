import type { ConfigurationItems } from '../kit/resource-type';
import { snapshotFromApi, snapshotItems } from '../kit/share-list/rds/model';
import type { SharedResource } from '../kit/share-list/shared-resource';
import { rdsSnapshotNames } from './names';

/** Snapshots of RDS instances, as far as it decides who may restore one. */
export type RdsSnapshot = SharedResource;

/**
 * Fills the model from what RDS answers about one: DescribeDBSnapshotAttributes' answer, and beside it what DescribeDBSnapshots says, as far as that is known.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshotAttributes.html
 * @throws ResourceInputError when it cannot be understood
 */
export function rdsSnapshotFromApi(answer: unknown): RdsSnapshot {
  return snapshotFromApi(answer, rdsSnapshotNames);
}

/** The same as AWS Config records them. */
export const rdsSnapshotItems: ConfigurationItems<RdsSnapshot> = snapshotItems(rdsSnapshotNames);
