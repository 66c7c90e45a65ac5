import { snapshotTrail } from '../kit/share-list/rds/trail';
import { rdsSnapshotNames } from './names';

/** What CloudTrail records of sharing RDS snapshots. */
export const rdsSnapshotTrail = snapshotTrail(
  'ModifyDBSnapshotAttribute',
  'dBSnapshotIdentifier',
  rdsSnapshotNames,
);
