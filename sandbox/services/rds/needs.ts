import type { ApiCall } from '../../gateway/api';
import { type ServiceNeeds, sameName } from '../needed';

/**
 * Snapshots of databases and of clusters. A list is asked for on each that there may be.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
 */
export const needs: ServiceNeeds = {
  ...sameName(
    'rds',
    ['DescribeDBSnapshots', 'DescribeDBSnapshotAttributes', 'ModifyDBSnapshotAttribute'],
    (call) => snapshotArn(call, 'snapshot', call.parameters.DBSnapshotIdentifier),
  ),
  ...sameName(
    'rds',
    ['DescribeDBClusterSnapshots', 'DescribeDBClusterSnapshotAttributes', 'ModifyDBClusterSnapshotAttribute'],
    (call) => snapshotArn(call, 'cluster-snapshot', call.parameters.DBClusterSnapshotIdentifier),
  ),
  ...sameName('rds', ['ListTagsForResource'], ({ parameters }) => String(parameters.ResourceName)),
};

/** Where an ARN stands for the identifier, as of a shared snapshot, it is that. */
function snapshotArn({ region, accountId }: ApiCall, kind: string, identifier: unknown): string {
  const name = String(identifier ?? '*');
  return name.startsWith('arn:') ? name : `arn:aws:rds:${region}:${accountId}:${kind}:${name}`;
}
