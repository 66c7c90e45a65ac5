import type { SnapshotNames } from '../kit/share-list/rds/snapshot-names';

/** How RDS names what decides of one. */
export const rdsSnapshotNames: SnapshotNames = {
  type: 'AWS::RDS::DBSnapshot',
  thing: 'The snapshot',
  kind: 'snapshot',
  id: 'DBSnapshotIdentifier',
  arn: 'DBSnapshotArn',
  list: 'DBSnapshotAttributes',
  result: 'DBSnapshotAttributesResult',
  command: 'aws rds describe-db-snapshot-attributes',
};
