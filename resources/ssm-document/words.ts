import type { ShareWords } from '../kit/share-list/share-words';

/** What people read of documents. */
export const documentWords: ShareWords = {
  noun: 'document',
  everybodyMay: 'read and run it',
  service: 'Systems Manager',
  block: 'block public sharing for SSM documents',
};
