import { withChanges } from '../kit/policy/holder/apply-changes';
import type { ResourceType } from '../kit/resource-type';
import { keyFacts } from './facts';
import { keyForms } from './handed-over';
import { type Key, keyItems } from './model';
import { shownKey } from './shown';

/** KMS keys. */
export const key: ResourceType<Key> = {
  ...keyFacts,
  ...keyItems,
  ...keyForms,
  ...shownKey,
  applyChanges: withChanges,
};
