import { partitionOf } from '../../core/partition';
import { lookUpChanges } from '../kit/look-up-changes';
import type { ResourceFacts } from '../kit/resource-type';
import { rdsSnapshotIds } from './ids';
import { rdsSnapshotTrail } from './trail';

const list = {
  actions: ['rds:DescribeDBSnapshots'],
  on: 'any',
  reason:
    'RDS looks a snapshot up among all of them, and under the ARN of its instance as well, which nobody knows before.',
} as const;

/** What is known of RDS snapshots without reading one. */
export const rdsSnapshotFacts: ResourceFacts = {
  type: 'AWS::RDS::DBSnapshot',
  slug: 'rds-snapshot',
  ids: rdsSnapshotIds,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
  arn: (accountId, region, resourceId, partition = partitionOf(region)) =>
    `arn:${partition}:rds:${region}:${accountId}:snapshot:${resourceId}`,
  readPermissions: [list, { actions: ['rds:DescribeDBSnapshotAttributes'], on: 'resource' }, lookUpChanges],
  patrolPermissions: [list, { actions: ['rds:DescribeDBSnapshotAttributes'], on: 'resource' }],
  trail: rdsSnapshotTrail,
  isRecorded: true,
};
