import type { ResourceType } from '../kit/resource-type';
import { shareAfter } from '../kit/share-list/changes';
import { shareChangeLines, sharedResourceLines } from '../kit/share-list/shown';
import { amiFacts } from './facts';
import { amiForms } from './handed-over';
import { type Ami, amiFromApi, amiItems } from './model';

/** Amazon Machine Images. */
export const ami: ResourceType<Ami> = {
  ...amiFacts,
  ...amiItems,
  ...amiForms,
  savedLines: (saved) => sharedResourceLines(amiFromApi(saved)),
  changeLines: shareChangeLines,
  applyChanges: shareAfter,
};
