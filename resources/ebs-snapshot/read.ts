import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Json } from '../../core/json';
import type { Reading } from '../kit/live-resource';
import type { ShareAccess } from '../kit/share-list/adapter';
import { inOrder } from '../kit/share-list/ec2-shared';
import { saidByTags } from '../kit/tags';
import { describeSnapshot, getBlock, getPermissions } from './calls';
import { type Snapshot, snapshotFromApi } from './model';

/**
 * Reads everything that decides who may create volumes from a snapshot, and until when its tag says that it is exempt.
 * @returns `gone` when the account owns no such snapshot
 * @throws ResourceInputError when AWS answers what nobody here understands
 */
export async function readSnapshot(access: ShareAccess<EC2Client>): Promise<Reading<Snapshot> | 'gone'> {
  const [snapshot, permissions, BlockPublicAccess] = await Promise.all([
    describeSnapshot(access),
    getPermissions(access),
    getBlock(access),
  ]);
  if (snapshot === 'gone' || permissions === 'gone') return 'gone';
  const { SnapshotId = access.id, OwnerId, StartTime, Tags } = snapshot;
  const CreateVolumePermissions = inOrder(permissions);
  const answered = { SnapshotId, OwnerId, StartTime, CreateVolumePermissions, BlockPublicAccess };
  // What the SDK answers here is JSON but for a date and undefined values.
  const before = JSON.parse(JSON.stringify(answered)) as Json;
  return { resource: snapshotFromApi(before), before, ...saidByTags(Tags) };
}
