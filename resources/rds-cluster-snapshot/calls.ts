import {
  type DBClusterSnapshot,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBClusterSnapshotsCommand,
  ModifyDBClusterSnapshotAttributeCommand,
} from '@aws-sdk/client-rds';
import { shareAttribute } from '../kit/share-list/rds/attributes';
import {
  type DescribedSnapshot,
  type SnapshotApi,
  snapshotsInPage,
} from '../kit/share-list/rds/snapshot-api';

/** RDS's calls of RDS cluster snapshots. */
export const rdsClusterSnapshotApi: SnapshotApi = {
  // The SDK calls a code by the name of its class: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterSnapshots.html
  missing: ['DBClusterSnapshotNotFoundFault'],
  async describe({ client, id: DBClusterSnapshotIdentifier, signal: abortSignal }) {
    const command = new DescribeDBClusterSnapshotsCommand({ DBClusterSnapshotIdentifier });
    const { DBClusterSnapshots = [] } = await client.send(command, { abortSignal });
    return DBClusterSnapshots.map(described);
  },
  async page({ client, signal: abortSignal }, marker) {
    const command = new DescribeDBClusterSnapshotsCommand({
      SnapshotType: 'manual',
      MaxRecords: snapshotsInPage,
      ...(marker && { Marker: marker }),
    });
    const { DBClusterSnapshots = [], Marker } = await client.send(command, { abortSignal });
    return { snapshots: DBClusterSnapshots.map(described), ...(Marker && { next: Marker }) };
  },
  async attributes({ client, id: DBClusterSnapshotIdentifier, signal: abortSignal }) {
    const command = new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier });
    const { DBClusterSnapshotAttributesResult: result } = await client.send(command, { abortSignal });
    return result?.DBClusterSnapshotAttributes ?? [];
  },
  async modify({ client, id: DBClusterSnapshotIdentifier, signal: abortSignal }, change) {
    const command = new ModifyDBClusterSnapshotAttributeCommand({
      DBClusterSnapshotIdentifier,
      AttributeName: shareAttribute,
      ...change,
    });
    await client.send(command, { abortSignal });
  },
};

function described({
  DBClusterSnapshotIdentifier: id,
  DBClusterSnapshotArn: arn,
  SnapshotCreateTime: createdAt,
  StorageEncrypted: isEncrypted,
  TagList: tags,
}: DBClusterSnapshot): DescribedSnapshot {
  return { id, arn, createdAt, isEncrypted, tags };
}
