import { snapshotTrail } from '../kit/share-list/rds/trail';
import { rdsClusterSnapshotNames } from './names';

/** What CloudTrail records of sharing RDS cluster snapshots. */
export const rdsClusterSnapshotTrail = snapshotTrail(
  'ModifyDBClusterSnapshotAttribute',
  'dBClusterSnapshotIdentifier',
  rdsClusterSnapshotNames,
);
