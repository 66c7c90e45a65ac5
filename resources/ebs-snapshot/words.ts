import type { ShareWords } from '../kit/share-list/share-words';

/** What people read of snapshots. */
export const snapshotWords: ShareWords = {
  noun: 'snapshot',
  everybodyMay: 'create volumes from it',
  service: 'EC2',
  block: 'block public access for EBS snapshots',
};
