import { partitionOf } from '../../core/partition';
import type { RelatedResources } from '../../core/permission';
import { lookUpChanges } from '../kit/look-up-changes';
import type { ResourceFacts } from '../kit/resource-type';
import { documentIds } from './ids';
import { publicSharingSetting } from './public-sharing';
import { documentTrail } from './trail';

const setting: RelatedResources = {
  arn: (accountId, region, partition = partitionOf(region)) =>
    `arn:${partition}:ssm:${region}:${accountId}:servicesetting${publicSharingSetting}`,
  noun: 'the setting that blocks public sharing',
  reason: 'The setting is one of each account and Region.',
};

/** What is known of SSM documents without reading one. */
export const documentFacts: ResourceFacts = {
  type: 'AWS::SSM::Document',
  slug: 'ssm-document',
  ids: documentIds,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
  arn: (accountId, region, resourceId, partition = partitionOf(region)) =>
    `arn:${partition}:ssm:${region}:${accountId}:document/${resourceId}`,
  readPermissions: [
    {
      actions: ['ssm:DescribeDocument', 'ssm:DescribeDocumentPermission'],
      on: 'resource',
      reason: 'Its description has its tags, which may exempt the document, where the policy says so.',
    },
    {
      actions: ['ssm:GetServiceSetting'],
      on: setting,
      reason: 'Under a block of public sharing, what a fix takes cannot be shared again.',
    },
    lookUpChanges,
  ],
  patrolPermissions: [
    {
      actions: ['ssm:ListDocuments'],
      on: 'any',
      reason: 'Systems Manager offers no resource for the list of documents.',
    },
    { actions: ['ssm:DescribeDocumentPermission'], on: 'resource' },
    { actions: ['ssm:GetServiceSetting'], on: setting },
  ],
  trail: documentTrail,
  // AWS Config records documents, but not with whom they are shared, so that no rule could decide:
  // https://github.com/awslabs/aws-config-resource-schema/blob/master/config/properties/resource-types/AWS::SSM::Document.properties.json
  isRecorded: false,
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html#block-public-access
  publicBlock: { name: 'block public sharing of SSM documents', of: 'region' },
};
