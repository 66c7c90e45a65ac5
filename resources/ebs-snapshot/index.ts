import type { ResourceType } from '../kit/resource-type';
import { shareAfter } from '../kit/share-list/changes';
import { shareChangeLines, sharedResourceLines } from '../kit/share-list/shown';
import { snapshotFacts } from './facts';
import { snapshotForms } from './handed-over';
import { type Snapshot, snapshotFromApi, snapshotItems } from './model';

/** EBS snapshots. */
export const ebsSnapshot: ResourceType<Snapshot> = {
  ...snapshotFacts,
  ...snapshotItems,
  ...snapshotForms,
  savedLines: (saved) => sharedResourceLines(snapshotFromApi(saved)),
  changeLines: shareChangeLines,
  applyChanges: shareAfter,
};
