import { fieldsOf, notUnderstood, optionalFieldsOf, optionalTextOf } from '../kit/input';
import { shareOfPermissions } from '../kit/share-list/ec2-permissions';
import type { SharedResource, SharingBlock } from '../kit/share-list/shared-resource';

/** An EBS snapshot, as far as it decides who may create volumes from it. */
export type Snapshot = SharedResource;

/**
 * EC2's names of the setting that blocks sharing with everybody. Under `block-all-sharing` what is shared is open to nobody, although its
 * list still names everybody; under `block-new-sharing` it stays open:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSnapshotBlockPublicAccess.html
 */
const blocks: Readonly<Record<string, SharingBlock>> = {
  'block-all-sharing': 'all',
  'block-new-sharing': 'new',
  unblocked: 'none',
};

/**
 * Fills the model from what EC2 answers about a snapshot: DescribeSnapshotAttribute's answer, whose `CreateVolumePermissions` have to be
 * there; beside them what DescribeSnapshots says, and GetSnapshotBlockPublicAccessState's answer under `BlockPublicAccess`, as far as
 * they are known.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshotAttribute.html
 * @throws ResourceInputError when it cannot be understood
 */
export function snapshotFromApi(answer: unknown): Snapshot {
  const fields = fieldsOf(answer, 'The snapshot');
  const { CreateVolumePermissions: permissions } = fields;
  if (permissions === undefined || permissions === null) {
    throw notUnderstood(
      'CreateVolumePermissions',
      'a list, as `aws ec2 describe-snapshot-attribute` answers it',
      permissions,
    );
  }
  const accountId = optionalTextOf(fields.OwnerId, 'OwnerId');
  const createdAt = optionalTextOf(fields.StartTime, 'StartTime');
  const block = optionalFieldsOf(fields.BlockPublicAccess, 'BlockPublicAccess');
  return {
    id: optionalTextOf(fields.SnapshotId, 'SnapshotId') ?? '',
    ...(accountId !== undefined && { accountId }),
    share: shareOfPermissions(permissions, 'CreateVolumePermissions'),
    ...(block !== undefined && { blocked: snapshotBlockOf(block.State) }),
    ...(createdAt !== undefined && { createdAt }),
  };
}

/**
 * What the setting of an account and Region keeps out.
 * @param state as EC2 answers it
 * @throws ResourceInputError when EC2 answers a state that is not known here
 */
export function snapshotBlockOf(state: unknown): SharingBlock {
  const known = typeof state === 'string' && Object.hasOwn(blocks, state) ? blocks[state] : undefined;
  if (known === undefined) {
    throw notUnderstood('BlockPublicAccess.State', Object.keys(blocks).join(', '), state);
  }
  return known;
}
