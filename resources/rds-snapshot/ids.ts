import { snapshotIds } from '../kit/share-list/rds/ids';
import { rdsSnapshotNames } from './names';

/** What the names of RDS snapshots look like. */
export const rdsSnapshotIds = snapshotIds(rdsSnapshotNames, 'an RDS snapshot');
