import { partitionOf } from '../../core/partition';
import { lookUpChanges } from '../kit/look-up-changes';
import type { ResourceFacts } from '../kit/resource-type';
import { snapshotIds } from './ids';
import { snapshotTrail } from './trail';

/** What is known of EBS snapshots without reading one. */
export const snapshotFacts: ResourceFacts = {
  type: 'AWS::EC2::Snapshot',
  slug: 'ebs-snapshot',
  ids: snapshotIds,
  // The ARN of a snapshot names no account:
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
  arn: (_accountId, region, resourceId, partition = partitionOf(region)) =>
    `arn:${partition}:ec2:${region}::snapshot/${resourceId}`,
  readPermissions: [
    {
      actions: ['ec2:DescribeSnapshots', 'ec2:GetSnapshotBlockPublicAccessState'],
      on: 'any',
      reason: 'EC2 offers no resource for the list of snapshots, nor for the setting of the account.',
    },
    { actions: ['ec2:DescribeSnapshotAttribute'], on: 'resource' },
    lookUpChanges,
  ],
  patrolPermissions: [
    {
      actions: ['ec2:DescribeSnapshots', 'ec2:GetSnapshotBlockPublicAccessState'],
      on: 'any',
      reason: 'EC2 offers no resource for the list of snapshots, nor for the setting of the account.',
    },
    {
      actions: ['ec2:DescribeSnapshotAttribute'],
      on: 'resource',
      reason: 'Needed only where the policy says which accounts it trusts.',
    },
  ],
  trail: snapshotTrail,
  isRecorded: false,
  // https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
  publicBlock: { name: 'block public access for EBS snapshots', of: 'region' },
};
