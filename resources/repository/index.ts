import { withChanges } from '../kit/policy/holder/apply-changes';
import type { ResourceType } from '../kit/resource-type';
import { repositoryFacts } from './facts';
import { repositoryForms } from './handed-over';
import { type Repository, repositoryItems } from './model';
import { shownRepository } from './shown';

/** ECR repositories. */
export const repository: ResourceType<Repository> = {
  ...repositoryFacts,
  ...repositoryItems,
  ...repositoryForms,
  ...shownRepository,
  applyChanges: withChanges,
};
