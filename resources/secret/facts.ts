import { partitionOf } from '../../core/partition';
import { lookUpChanges } from '../kit/look-up-changes';
import type { ResourceFacts } from '../kit/resource-type';
import { secretIds } from './ids';
import { secretTrail } from './trail';

/** What is known of secrets without reading one. */
export const secretFacts: ResourceFacts = {
  type: 'AWS::SecretsManager::Secret',
  slug: 'secret',
  ids: secretIds,
  arn: (accountId, region, resourceId, partition) =>
    resourceId.startsWith('arn:')
      ? resourceId
      : `arn:${partition ?? partitionOf(region)}:secretsmanager:${region}:${accountId}:secret:${resourceId}`,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
  readPermissions: [
    {
      actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy'],
      on: 'resource',
      reason: 'Neither returns the value of the secret. The tags may exempt it, where the policy says so.',
    },
    lookUpChanges,
  ],
  patrolPermissions: [
    {
      actions: ['secretsmanager:ListSecrets'],
      on: 'any',
      reason: 'Secrets Manager offers no resource for the list of secrets.',
    },
    { actions: ['secretsmanager:GetResourcePolicy'], on: 'resource' },
  ],
  trail: secretTrail,
  // AWS Config records secrets, and its items do not hold their policies, so that no rule can judge by one:
  // https://github.com/awslabs/aws-config-resource-schema/blob/master/config/properties/resource-types/AWS::SecretsManager::Secret.properties.json
  isRecorded: false,
};
