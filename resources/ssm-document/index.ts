import type { ResourceType } from '../kit/resource-type';
import { shareAfter } from '../kit/share-list/changes';
import { shareChangeLines, sharedResourceLines } from '../kit/share-list/shown';
import { documentFacts } from './facts';
import { documentForms } from './handed-over';
import { documentFromApi, documentItems, type SsmDocument } from './model';

/** SSM documents. */
export const ssmDocument: ResourceType<SsmDocument> = {
  ...documentFacts,
  ...documentItems,
  ...documentForms,
  savedLines: (saved) => sharedResourceLines(documentFromApi(saved)),
  changeLines: shareChangeLines,
  applyChanges: shareAfter,
};
