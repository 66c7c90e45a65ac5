import { optionalFieldsOf } from '../kit/input';
import { notRecorded } from '../kit/not-recorded';
import type { ConfigurationItems } from '../kit/resource-type';
import { type Ec2SharedNames, ec2SharedFromApi } from '../kit/share-list/ec2-shared';
import type { SharedResource } from '../kit/share-list/shared-resource';

/** An EBS snapshot, as far as it decides who may create volumes from it. */
export type Snapshot = SharedResource;

/** AWS Config does not record them. */
export const snapshotItems: ConfigurationItems<Snapshot> = notRecorded('AWS::EC2::Snapshot');

/** How EC2 names it. */
export const snapshotNames: Ec2SharedNames = {
  thing: 'The snapshot',
  id: 'SnapshotId',
  list: 'CreateVolumePermissions',
  createdAt: 'StartTime',
  command: 'aws ec2 describe-snapshot-attribute',
  blockIn: ({ BlockPublicAccess }) => optionalFieldsOf(BlockPublicAccess, 'BlockPublicAccess')?.State,
  // Under `block-all-sharing` a list still names everybody, and is open to nobody; under `block-new-sharing` it stays open:
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSnapshotBlockPublicAccess.html
  blocks: { 'block-all-sharing': 'all', 'block-new-sharing': 'new', unblocked: 'none' },
};

/**
 * Fills the model from what EC2 answers about a snapshot: DescribeSnapshotAttribute's answer, whose `CreateVolumePermissions` have to be
 * there; beside them what DescribeSnapshots says, and GetSnapshotBlockPublicAccessState's answer under `BlockPublicAccess`, as far as
 * they are known.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshotAttribute.html
 * @throws ResourceInputError when it cannot be understood
 */
export function snapshotFromApi(answer: unknown): Snapshot {
  return ec2SharedFromApi(answer, snapshotNames);
}
