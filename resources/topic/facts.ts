import { partitionOf } from '../../core/partition';
import { lookUpChanges } from '../kit/look-up-changes';
import type { ResourceFacts } from '../kit/resource-type';
import { topicArn, topicIds } from './ids';
import { topicTrail } from './trail';

/** What is known of topics without reading one. */
export const topicFacts: ResourceFacts = {
  type: 'AWS::SNS::Topic',
  slug: 'topic',
  ids: topicIds,
  arn: (accountId, region, resourceId, partition = partitionOf(region)) =>
    topicArn(accountId, region, resourceId.slice(resourceId.lastIndexOf(':') + 1), partition),
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
  readPermissions: [
    {
      actions: ['sns:GetTopicAttributes', 'sns:ListTagsForResource'],
      on: 'resource',
      reason: 'The tags may exempt the topic, where the policy says so.',
    },
    lookUpChanges,
  ],
  patrolPermissions: [
    {
      actions: ['sns:ListTopics'],
      on: 'any',
      reason: 'SNS offers no resource for the list of topics.',
    },
    { actions: ['sns:GetTopicAttributes'], on: 'resource' },
  ],
  trail: topicTrail,
  isRecorded: true,
};
