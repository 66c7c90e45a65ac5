import {
  type DBSnapshot,
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshotsCommand,
  ModifyDBSnapshotAttributeCommand,
} from '@aws-sdk/client-rds';
import { shareAttribute } from '../kit/share-list/rds/attributes';
import {
  type DescribedSnapshot,
  type SnapshotApi,
  snapshotsInPage,
} from '../kit/share-list/rds/snapshot-api';

/** RDS's calls of RDS snapshots. */
export const rdsSnapshotApi: SnapshotApi = {
  // The SDK calls a code by the name of its class: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshots.html
  missing: ['DBSnapshotNotFound', 'DBSnapshotNotFoundFault'],
  async describe({ client, id: DBSnapshotIdentifier, signal: abortSignal }) {
    const command = new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier });
    const { DBSnapshots = [] } = await client.send(command, { abortSignal });
    return DBSnapshots.map(described);
  },
  async page({ client, signal: abortSignal }, marker) {
    const command = new DescribeDBSnapshotsCommand({
      SnapshotType: 'manual',
      MaxRecords: snapshotsInPage,
      ...(marker && { Marker: marker }),
    });
    const { DBSnapshots = [], Marker } = await client.send(command, { abortSignal });
    return { snapshots: DBSnapshots.map(described), ...(Marker && { next: Marker }) };
  },
  async attributes({ client, id: DBSnapshotIdentifier, signal: abortSignal }) {
    const command = new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier });
    const { DBSnapshotAttributesResult: result } = await client.send(command, { abortSignal });
    return result?.DBSnapshotAttributes ?? [];
  },
  async modify({ client, id: DBSnapshotIdentifier, signal: abortSignal }, change) {
    const command = new ModifyDBSnapshotAttributeCommand({
      DBSnapshotIdentifier,
      AttributeName: shareAttribute,
      ...change,
    });
    await client.send(command, { abortSignal });
  },
};

function described({
  DBSnapshotIdentifier: id,
  DBSnapshotArn: arn,
  SnapshotCreateTime: createdAt,
  Encrypted: isEncrypted,
  TagList: tags,
}: DBSnapshot): DescribedSnapshot {
  return { id, arn, createdAt, isEncrypted, tags };
}
