import type { ApiForm } from '../kit/api-form';

/** RDS cluster snapshots. */
export const rdsClusterSnapshotApiForm: ApiForm = {
  form: 'an object with DBClusterSnapshotIdentifier and DBClusterSnapshotAttributes, or DBClusterSnapshotAttributesResult, which holds them; and DBClusterSnapshotArn where it is known',
  commands: ['aws rds describe-db-cluster-snapshot-attributes'],
};
