import type { Json } from '../../core/json';
import { exemptUntilIn } from '../kit/exempt-until';
import type { Reading } from '../kit/live-resource';
import { stackIn } from '../kit/stack';
import { describeSnapshot, getBlock, getPermissions, type SnapshotAccess } from './calls';
import { type Snapshot, snapshotFromApi } from './model';

/**
 * Reads everything that decides who may create volumes from a snapshot, and until when its tag says that it is exempt.
 * @returns `gone` when the account owns no such snapshot
 * @throws ResourceInputError when AWS answers what nobody here understands
 */
export async function readSnapshot(access: SnapshotAccess): Promise<Reading<Snapshot> | 'gone'> {
  const [snapshot, permissions, BlockPublicAccess] = await Promise.all([
    describeSnapshot(access),
    getPermissions(access),
    getBlock(access),
  ]);
  if (snapshot === 'gone' || permissions === 'gone') return 'gone';
  const { SnapshotId = access.snapshotId, OwnerId, StartTime, Tags } = snapshot;
  const answered = {
    SnapshotId,
    OwnerId,
    StartTime,
    // EC2 promises no order, and a state is compared as a whole.
    CreateVolumePermissions: [...permissions].sort((one, other) => (nameIn(one) < nameIn(other) ? -1 : 1)),
    BlockPublicAccess,
  };
  // What the SDK answers here is JSON but for a date and undefined values.
  const before = JSON.parse(JSON.stringify(answered)) as Json;
  return { resource: snapshotFromApi(before), before, ...exemptUntilIn(Tags), ...stackIn(Tags) };
}

function nameIn({ Group = '', UserId = '' }: { Group?: string | undefined; UserId?: string | undefined }) {
  return `${Group} ${UserId}`;
}
