import { withChanges } from '../kit/policy/holder/apply-changes';
import type { ResourceType } from '../kit/resource-type';
import { topicFacts } from './facts';
import { topicForms } from './handed-over';
import { type Topic, topicItems } from './model';
import { shownTopic } from './shown';

/** SNS topics. */
export const topic: ResourceType<Topic> = {
  ...topicFacts,
  ...topicItems,
  ...topicForms,
  ...shownTopic,
  applyChanges: withChanges,
};
