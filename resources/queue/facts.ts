import { partitionOf } from '../../core/partition';
import { queueArn } from '../../core/queue-address';
import { lookUpChanges } from '../kit/look-up-changes';
import type { ResourceFacts } from '../kit/resource-type';
import { queueIds } from './ids';
import { queueTrail } from './trail';

/** What is known of queues without reading one. */
export const queueFacts: ResourceFacts = {
  type: 'AWS::SQS::Queue',
  slug: 'queue',
  ids: queueIds,
  arn: (accountId, region, resourceId, partition = partitionOf(region)) =>
    queueArn(accountId, region, resourceId.slice(resourceId.lastIndexOf('/') + 1), partition),
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
  readPermissions: [
    {
      actions: ['sqs:GetQueueAttributes', 'sqs:ListQueueTags'],
      on: 'resource',
      reason: 'The tags may exempt the queue, where the policy says so.',
    },
    lookUpChanges,
  ],
  patrolPermissions: [
    {
      actions: ['sqs:ListQueues'],
      on: 'any',
      reason: 'SQS offers no resource for the list of queues.',
    },
    { actions: ['sqs:GetQueueAttributes'], on: 'resource' },
  ],
  trail: queueTrail,
  isRecorded: true,
};
