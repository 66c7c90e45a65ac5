import type { ResourceType } from '../kit/resource-type';
import { shareAfter } from '../kit/share-list/changes';
import { shareChangeLines, sharedResourceLines } from '../kit/share-list/shown';
import { rdsSnapshotFacts } from './facts';
import { rdsSnapshotForms } from './handed-over';
import { type RdsSnapshot, rdsSnapshotFromApi, rdsSnapshotItems } from './model';

/** Snapshots of RDS instances. */
export const rdsSnapshot: ResourceType<RdsSnapshot> = {
  ...rdsSnapshotFacts,
  ...rdsSnapshotItems,
  ...rdsSnapshotForms,
  savedLines: (saved) => sharedResourceLines(rdsSnapshotFromApi(saved)),
  changeLines: shareChangeLines,
  applyChanges: shareAfter,
};
