import { snapshotIds } from '../kit/share-list/rds/ids';
import { rdsClusterSnapshotNames } from './names';

/** What the names of RDS cluster snapshots look like. */
export const rdsClusterSnapshotIds = snapshotIds(rdsClusterSnapshotNames, 'an RDS cluster snapshot');
