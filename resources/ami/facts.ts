import { partitionOf } from '../../core/partition';
import { lookUpChanges } from '../kit/look-up-changes';
import type { ResourceFacts } from '../kit/resource-type';
import { amiIds } from './ids';
import { amiTrail } from './trail';

/** What is known of AMIs without reading one. */
export const amiFacts: ResourceFacts = {
  type: 'AWS::EC2::Image',
  slug: 'ami',
  ids: amiIds,
  // The ARN of an image names no account:
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
  arn: (_accountId, region, resourceId, partition = partitionOf(region)) =>
    `arn:${partition}:ec2:${region}::image/${resourceId}`,
  readPermissions: [
    {
      actions: ['ec2:DescribeImages', 'ec2:GetImageBlockPublicAccessState'],
      on: 'any',
      reason: 'EC2 offers no resource for the list of images, nor for the setting of the account.',
    },
    { actions: ['ec2:DescribeImageAttribute'], on: 'resource' },
    lookUpChanges,
  ],
  patrolPermissions: [
    {
      actions: ['ec2:DescribeImages', 'ec2:GetImageBlockPublicAccessState'],
      on: 'any',
      reason: 'EC2 offers no resource for the list of images, nor for the setting of the account.',
    },
    {
      actions: ['ec2:DescribeImageAttribute'],
      on: 'resource',
      reason: 'Needed only where the policy says which accounts and organizations it trusts.',
    },
  ],
  trail: amiTrail,
  isRecorded: false,
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
  publicBlock: { name: 'block public access for AMIs', of: 'region' },
};
