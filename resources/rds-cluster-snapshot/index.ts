import type { ResourceType } from '../kit/resource-type';
import { shareAfter } from '../kit/share-list/changes';
import { shareChangeLines, sharedResourceLines } from '../kit/share-list/shown';
import { rdsClusterSnapshotFacts } from './facts';
import { rdsClusterSnapshotForms } from './handed-over';
import { type RdsClusterSnapshot, rdsClusterSnapshotFromApi, rdsClusterSnapshotItems } from './model';

/** Snapshots of clusters of Aurora, Neptune and DocumentDB, and of Multi-AZ clusters of RDS. */
export const rdsClusterSnapshot: ResourceType<RdsClusterSnapshot> = {
  ...rdsClusterSnapshotFacts,
  ...rdsClusterSnapshotItems,
  ...rdsClusterSnapshotForms,
  savedLines: (saved) => sharedResourceLines(rdsClusterSnapshotFromApi(saved)),
  changeLines: shareChangeLines,
  applyChanges: shareAfter,
};
