import { withChanges } from '../kit/policy/holder/apply-changes';
import type { ResourceType } from '../kit/resource-type';
import { queueFacts } from './facts';
import { queueForms } from './handed-over';
import { type Queue, queueItems } from './model';
import { shownQueue } from './shown';

/** SQS queues. */
export const queue: ResourceType<Queue> = {
  ...queueFacts,
  ...queueItems,
  ...queueForms,
  ...shownQueue,
  applyChanges: withChanges,
};
