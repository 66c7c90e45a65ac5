import type { SnapshotNames } from '../kit/share-list/rds/snapshot-names';

/** How RDS names what decides of one. */
export const rdsClusterSnapshotNames: SnapshotNames = {
  type: 'AWS::RDS::DBClusterSnapshot',
  thing: 'The cluster snapshot',
  kind: 'cluster-snapshot',
  id: 'DBClusterSnapshotIdentifier',
  arn: 'DBClusterSnapshotArn',
  list: 'DBClusterSnapshotAttributes',
  result: 'DBClusterSnapshotAttributesResult',
  command: 'aws rds describe-db-cluster-snapshot-attributes',
};
