import { type ServiceNeeds, sameName } from '../needed';
import { clusterArn, clusterSnapshotArn, instanceArn, snapshotArn } from './snapshot-arn';

/**
 * Snapshots, and what they are made of. Neptune and DocumentDB are called by the same API, under the same names:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
 */
export const needs: ServiceNeeds = {
  ...sameName(
    'rds',
    ['DescribeDBSnapshots', 'DescribeDBSnapshotAttributes', 'ModifyDBSnapshotAttribute', 'DeleteDBSnapshot'],
    (call) => snapshotArn(call),
  ),
  ...sameName(
    'rds',
    [
      'DescribeDBClusterSnapshots',
      'DescribeDBClusterSnapshotAttributes',
      'ModifyDBClusterSnapshotAttribute',
      'DeleteDBClusterSnapshot',
    ],
    (call) => clusterSnapshotArn(call),
  ),
  ...sameName('rds', ['CreateDBInstance', 'DescribeDBInstances', 'DeleteDBInstance'], instanceArn),
  ...sameName('rds', ['CreateDBCluster', 'DescribeDBClusters', 'DeleteDBCluster'], clusterArn),
  // Creating and copying are on both ends.
  CreateDBSnapshot: (call) => [
    { action: 'rds:CreateDBSnapshot', resource: instanceArn(call) },
    { action: 'rds:CreateDBSnapshot', resource: snapshotArn(call) },
  ],
  CreateDBClusterSnapshot: (call) => [
    { action: 'rds:CreateDBClusterSnapshot', resource: clusterArn(call) },
    { action: 'rds:CreateDBClusterSnapshot', resource: clusterSnapshotArn(call) },
  ],
  CopyDBSnapshot: (call) => [
    { action: 'rds:CopyDBSnapshot', resource: snapshotArn(call, 'SourceDBSnapshotIdentifier') },
    { action: 'rds:CopyDBSnapshot', resource: snapshotArn(call, 'TargetDBSnapshotIdentifier') },
  ],
  CopyDBClusterSnapshot: (call) => [
    {
      action: 'rds:CopyDBClusterSnapshot',
      resource: clusterSnapshotArn(call, 'SourceDBClusterSnapshotIdentifier'),
    },
    {
      action: 'rds:CopyDBClusterSnapshot',
      resource: clusterSnapshotArn(call, 'TargetDBClusterSnapshotIdentifier'),
    },
  ],
  ...sameName(
    'rds',
    ['ListTagsForResource', 'AddTagsToResource', 'RemoveTagsFromResource'],
    ({ parameters }) => String(parameters.ResourceName),
  ),
};
