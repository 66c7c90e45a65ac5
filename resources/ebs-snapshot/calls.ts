import {
  type Snapshot as DescribedSnapshot,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  type EC2Client,
  GetSnapshotBlockPublicAccessStateCommand,
  ModifySnapshotAttributeCommand,
  type OperationType,
} from '@aws-sdk/client-ec2';
import { asWrite, orWhenMissing } from '../kit/aws-error';
import type { ShareAccess, ShareReads } from '../kit/share-list/adapter';
import { shareOfPermissions } from '../kit/share-list/ec2-permissions';
import type { ShareCalls } from '../kit/share-list/share-calls';
import type { Sharee } from '../kit/share-list/shared-resource';

/** One snapshot, and a session's client. */
type SnapshotReads = ShareReads<EC2Client> & Pick<ShareAccess<EC2Client>, 'id'>;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const missing = ['InvalidSnapshot.NotFound'];

/**
 * What EC2 answers to a change that it will never take as it is: under a block, of an encrypted snapshot, for an account that there is
 * not any more. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const refusals = [
  'OperationNotPermitted',
  'InvalidAMIAttributeItemValue',
  'InvalidParameterValue',
  'InvalidParameterCombination',
];

/** The snapshot, where the account owns it; `gone` where it owns no such snapshot: of others' public ones EC2 would tell too. */
export async function describeSnapshot({
  client,
  id,
  signal: abortSignal,
}: SnapshotReads): Promise<DescribedSnapshot | 'gone'> {
  const described = client.send(new DescribeSnapshotsCommand({ SnapshotIds: [id], OwnerIds: ['self'] }), {
    abortSignal,
  });
  const { Snapshots: snapshots = [] } = await orWhenMissing(described, missing, { Snapshots: [] });
  return snapshots[0] ?? 'gone';
}

/** With whom a snapshot is shared, as EC2 answers it; `gone` where there is no such snapshot. */
export async function getPermissions({ client, id: SnapshotId, signal: abortSignal }: SnapshotReads) {
  const described = client.send(
    new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute: 'createVolumePermission' }),
    { abortSignal },
  );
  const answer = await orWhenMissing(described, missing, 'gone' as const);
  return answer === 'gone' ? answer : (answer.CreateVolumePermissions ?? []);
}

/** What the account's setting in the Region says: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSnapshotBlockPublicAccessState.html */
export async function getBlock({ client, signal: abortSignal }: ShareReads<EC2Client>) {
  const { State } = await client.send(new GetSnapshotBlockPublicAccessStateCommand({}), { abortSignal });
  return { State };
}

/** The calls of one snapshot's share list. One takes up to 500 changes, all of one kind. */
export function snapshotShareCalls(access: ShareAccess<EC2Client>): ShareCalls {
  return {
    async read() {
      const permissions = await getPermissions(access);
      return permissions === 'gone' ? 'gone' : shareOfPermissions(permissions, 'CreateVolumePermissions');
    },
    remove: (sharees) => modify(access, 'remove', sharees),
    add: (sharees) => modify(access, 'add', sharees),
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html
    perCall: 500,
    refusals,
    missing,
  };
}

async function modify(
  { client, id: SnapshotId, signal: abortSignal, mayWrite }: ShareAccess<EC2Client>,
  OperationType: OperationType,
  sharees: readonly Sharee[],
): Promise<void> {
  const accounts = sharees.flatMap((sharee) => ('account' in sharee ? [sharee.account] : []));
  const isForAll = sharees.some((sharee) => 'group' in sharee);
  const command = new ModifySnapshotAttributeCommand({
    SnapshotId,
    Attribute: 'createVolumePermission',
    OperationType,
    ...(isForAll && { GroupNames: ['all'] }),
    ...(accounts.length > 0 && { UserIds: accounts }),
  });
  await mayWrite();
  await asWrite(client.send(command, { abortSignal }));
}
