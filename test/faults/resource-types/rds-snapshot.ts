import { control } from '../../../controls/rds-snapshot-public';
import { rdsSnapshotAdapter } from '../../../resources/rds-snapshot/adapter';
import { sharedByRds } from './rds-snapshots';

/** RDS snapshots. */
export const rdsSnapshot = sharedByRds({
  name: 'rds-snapshot',
  control,
  adapter: rdsSnapshotAdapter(),
  snapshotsOf: (aws) => aws.rds.snapshots,
});
