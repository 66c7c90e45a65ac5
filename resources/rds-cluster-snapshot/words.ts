import type { ShareWords } from '../kit/share-list/share-words';

/** What people read of RDS cluster snapshots. RDS has no setting that blocks sharing. */
export const rdsClusterSnapshotWords: ShareWords = {
  noun: 'cluster snapshot',
  everybodyMay: 'restore a database from it',
  service: 'RDS',
};
