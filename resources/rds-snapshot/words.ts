import type { ShareWords } from '../kit/share-list/share-words';

/** What people read of RDS snapshots. RDS has no setting that blocks sharing. */
export const rdsSnapshotWords: ShareWords = {
  noun: 'snapshot',
  everybodyMay: 'restore a database from it',
  service: 'RDS',
};
