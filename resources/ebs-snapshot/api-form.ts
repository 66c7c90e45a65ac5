import type { ApiForm } from '../kit/api-form';

/** EBS snapshots. */
export const snapshotApiForm: ApiForm = {
  form: 'an object with SnapshotId and CreateVolumePermissions, and OwnerId and BlockPublicAccess.State where they are known',
  commands: ['aws ec2 describe-snapshot-attribute --attribute createVolumePermission'],
};
