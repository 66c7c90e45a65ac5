import { control } from '../../../controls/rds-cluster-snapshot-public';
import { rdsClusterSnapshotAdapter } from '../../../resources/rds-cluster-snapshot/adapter';
import { sharedByRds } from './rds-snapshots';

/** RDS cluster snapshots. */
export const rdsClusterSnapshot = sharedByRds({
  name: 'rds-cluster-snapshot',
  control,
  adapter: rdsClusterSnapshotAdapter(),
  snapshotsOf: (aws) => aws.rds.clusterSnapshots,
});
