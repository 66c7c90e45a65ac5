import type { ApiForm } from '../kit/api-form';

/** RDS snapshots. */
export const rdsSnapshotApiForm: ApiForm = {
  form: 'an object with DBSnapshotIdentifier and DBSnapshotAttributes, or DBSnapshotAttributesResult, which holds them; and DBSnapshotArn where it is known',
  commands: ['aws rds describe-db-snapshot-attributes'],
};
