import type { ShareWords } from '../kit/share-list/share-words';

/** What people read of AMIs. */
export const amiWords: ShareWords = {
  noun: 'AMI',
  everybodyMay: 'launch instances from it',
  service: 'EC2',
  block: 'block public access for AMIs',
};
