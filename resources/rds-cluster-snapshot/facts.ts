import { partitionOf } from '../../core/partition';
import { lookUpChanges } from '../kit/look-up-changes';
import type { ResourceFacts } from '../kit/resource-type';
import { rdsClusterSnapshotIds } from './ids';
import { rdsClusterSnapshotTrail } from './trail';

const list = {
  actions: ['rds:DescribeDBClusterSnapshots'],
  on: 'any',
  reason:
    'RDS looks a cluster snapshot up among all of them, and under the ARN of its cluster as well, which nobody knows before.',
} as const;

/** What is known of RDS cluster snapshots without reading one. */
export const rdsClusterSnapshotFacts: ResourceFacts = {
  type: 'AWS::RDS::DBClusterSnapshot',
  slug: 'rds-cluster-snapshot',
  ids: rdsClusterSnapshotIds,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
  arn: (accountId, region, resourceId, partition = partitionOf(region)) =>
    `arn:${partition}:rds:${region}:${accountId}:cluster-snapshot:${resourceId}`,
  readPermissions: [
    list,
    { actions: ['rds:DescribeDBClusterSnapshotAttributes'], on: 'resource' },
    lookUpChanges,
  ],
  patrolPermissions: [list, { actions: ['rds:DescribeDBClusterSnapshotAttributes'], on: 'resource' }],
  trail: rdsClusterSnapshotTrail,
  isRecorded: true,
};
