import {
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshotsCommand,
  type RDSClient,
} from '@aws-sdk/client-rds';
import type { RecordedType, RecordingParts } from '../../services/config/recorded-type';
import { recordedSnapshots } from './recorded-snapshots';

/** Snapshots of RDS instances. */
export function rdsSnapshots(parts: Pick<RecordingParts, 'clients'>): RecordedType {
  return recordedSnapshots(parts, {
    resourceType: 'AWS::RDS::DBSnapshot',
    prefix: 'DBSnapshot',
    missing: 'DBSnapshotNotFoundFault',
    async describe(rds: RDSClient, DBSnapshotIdentifier?: string) {
      const { DBSnapshots = [] } = await rds.send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier }));
      return DBSnapshots;
    },
    async attributes(rds, DBSnapshotIdentifier) {
      const command = new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier });
      return (await rds.send(command)).DBSnapshotAttributesResult?.DBSnapshotAttributes ?? [];
    },
    nameOf: ({ DBSnapshotIdentifier }) => DBSnapshotIdentifier,
    // https://github.com/awslabs/aws-config-resource-schema/blob/master/config/properties/resource-types/AWS::RDS::DBSnapshot.properties.json
    configuration: ({
      DBSnapshotIdentifier: dBSnapshotIdentifier,
      DBInstanceIdentifier: dBInstanceIdentifier,
      DBSnapshotArn: dBSnapshotArn,
      Encrypted: encrypted,
      Engine: engine,
      SnapshotCreateTime,
      SnapshotType: snapshotType,
      Status: status,
    }) => ({
      dBSnapshotIdentifier,
      dBInstanceIdentifier,
      dBSnapshotArn,
      encrypted,
      engine,
      snapshotCreateTime: SnapshotCreateTime?.toISOString(),
      snapshotType,
      status,
    }),
    placeOf: ({ DBSnapshotArn, SnapshotCreateTime, TagList }) => ({
      arn: DBSnapshotArn,
      createdAt: SnapshotCreateTime,
      tags: TagList,
    }),
  });
}
