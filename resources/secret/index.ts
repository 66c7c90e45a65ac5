import { withChanges } from '../kit/policy/holder/apply-changes';
import type { ResourceType } from '../kit/resource-type';
import { secretFacts } from './facts';
import { secretForms } from './handed-over';
import { type Secret, secretItems } from './model';
import { shownSecret } from './shown';

/** Secrets of Secrets Manager. */
export const secret: ResourceType<Secret> = {
  ...secretFacts,
  ...secretItems,
  ...secretForms,
  ...shownSecret,
  applyChanges: withChanges,
};
