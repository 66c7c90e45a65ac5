import { rdsSnapshotExamples } from './rds-snapshots';

/** RDS cluster snapshots. */
export const rdsClusterExamples = rdsSnapshotExamples({
  control: 'rds-cluster-snapshot-public',
  type: 'AWS::RDS::DBClusterSnapshot',
  noun: 'cluster-snapshot',
  prefix: 'DBClusterSnapshot',
});
