import type { RDSClientConfig } from '@aws-sdk/client-rds';
import { snapshotWalk } from '../kit/share-list/rds/walk';
import type { TypeWalk } from '../kit/walk';
import { rdsClusterSnapshotApi } from './calls';
import type { RdsClusterSnapshot } from './model';
import { rdsClusterSnapshotNames } from './names';

/**
 * Walks RDS cluster snapshots.
 * @param overrides of the RDS client's configuration
 */
export function rdsClusterSnapshotWalk(overrides: RDSClientConfig = {}): TypeWalk<RdsClusterSnapshot> {
  return snapshotWalk(rdsClusterSnapshotApi, rdsClusterSnapshotNames, overrides);
}
