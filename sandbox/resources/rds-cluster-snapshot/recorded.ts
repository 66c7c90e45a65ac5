import {
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBClusterSnapshotsCommand,
  type RDSClient,
} from '@aws-sdk/client-rds';
import type { RecordedType, RecordingParts } from '../../services/config/recorded-type';
import { recordedSnapshots } from '../rds-snapshot/recorded-snapshots';

/** Snapshots of clusters. */
export function rdsClusterSnapshots(parts: Pick<RecordingParts, 'clients'>): RecordedType {
  return recordedSnapshots(parts, {
    resourceType: 'AWS::RDS::DBClusterSnapshot',
    prefix: 'DBClusterSnapshot',
    missing: 'DBClusterSnapshotNotFoundFault',
    async describe(rds: RDSClient, DBClusterSnapshotIdentifier?: string) {
      const command = new DescribeDBClusterSnapshotsCommand({ DBClusterSnapshotIdentifier });
      return (await rds.send(command)).DBClusterSnapshots ?? [];
    },
    async attributes(rds, DBClusterSnapshotIdentifier) {
      const command = new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier });
      return (await rds.send(command)).DBClusterSnapshotAttributesResult?.DBClusterSnapshotAttributes ?? [];
    },
    nameOf: ({ DBClusterSnapshotIdentifier }) => DBClusterSnapshotIdentifier,
    // https://github.com/awslabs/aws-config-resource-schema/blob/master/config/properties/resource-types/AWS::RDS::DBClusterSnapshot.properties.json
    configuration: ({
      DBClusterSnapshotIdentifier: dbclusterSnapshotIdentifier,
      DBClusterIdentifier: dbclusterIdentifier,
      DBClusterSnapshotArn: dbclusterSnapshotArn,
      StorageEncrypted: storageEncrypted,
      Engine: engine,
      SnapshotCreateTime,
      SnapshotType: snapshotType,
      Status: status,
    }) => ({
      dbclusterSnapshotIdentifier,
      dbclusterIdentifier,
      dbclusterSnapshotArn,
      storageEncrypted,
      engine,
      snapshotCreateTime: SnapshotCreateTime?.toISOString(),
      snapshotType,
      status,
    }),
    placeOf: ({ DBClusterSnapshotArn, SnapshotCreateTime, TagList }) => ({
      arn: DBClusterSnapshotArn,
      createdAt: SnapshotCreateTime,
      tags: TagList,
    }),
  });
}
