import { partitionOf } from '../../core/partition';
import { lookUpChanges } from '../kit/look-up-changes';
import type { ResourceFacts } from '../kit/resource-type';
import { repositoryIds } from './ids';
import { repositoryTrail } from './trail';

/** What is known of repositories without reading one. */
export const repositoryFacts: ResourceFacts = {
  type: 'AWS::ECR::Repository',
  slug: 'repository',
  ids: repositoryIds,
  arn: (accountId, region, resourceId, partition = partitionOf(region)) =>
    `arn:${partition}:ecr:${region}:${accountId}:repository/${resourceId}`,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
  readPermissions: [
    {
      actions: ['ecr:DescribeRepositories', 'ecr:GetRepositoryPolicy', 'ecr:ListTagsForResource'],
      on: 'resource',
      reason:
        'When a repository was made tells it from a later one of its name. The tags may exempt it, where the policy says so.',
    },
    lookUpChanges,
  ],
  patrolPermissions: [{ actions: ['ecr:DescribeRepositories', 'ecr:GetRepositoryPolicy'], on: 'resource' }],
  trail: repositoryTrail,
  isRecorded: true,
};
