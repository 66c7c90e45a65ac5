import { rdsSnapshotExamples } from './rds-snapshots';

/** RDS snapshots. */
export const rdsExamples = rdsSnapshotExamples({
  control: 'rds-snapshot-public',
  type: 'AWS::RDS::DBSnapshot',
  noun: 'snapshot',
  prefix: 'DBSnapshot',
});
