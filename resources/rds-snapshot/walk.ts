import type { RDSClientConfig } from '@aws-sdk/client-rds';
import { snapshotWalk } from '../kit/share-list/rds/walk';
import type { TypeWalk } from '../kit/walk';
import { rdsSnapshotApi } from './calls';
import type { RdsSnapshot } from './model';
import { rdsSnapshotNames } from './names';

/**
 * Walks RDS snapshots.
 * @param overrides of the RDS client's configuration
 */
export function rdsSnapshotWalk(overrides: RDSClientConfig = {}): TypeWalk<RdsSnapshot> {
  return snapshotWalk(rdsSnapshotApi, rdsSnapshotNames, overrides);
}
