import {
  CreateDBClusterCommand,
  CreateDBClusterSnapshotCommand,
  DescribeDBClusterSnapshotAttributesCommand,
  ModifyDBClusterSnapshotAttributeCommand,
} from '@aws-sdk/client-rds';
import { rdsClient } from '../rds-snapshot/clients';
import { plantedSnapshots } from '../rds-snapshot/snapshot-kinds';

/** Snapshots of clusters of the scenario. */
export const rdsClusterSnapshots = plantedSnapshots({
  resourceType: 'AWS::RDS::DBClusterSnapshot',
  control: 'rds-cluster-snapshot-public',
  prefix: 'cluster-snapshot',
  noun: 'cluster snapshot',
  missing: 'DBClusterSnapshotNotFoundFault',
  async create(clients, DBClusterSnapshotIdentifier) {
    const rds = clients.client(rdsClient);
    const DBClusterIdentifier = `${DBClusterSnapshotIdentifier}-db`;
    await rds.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier,
        Engine: 'aurora-mysql',
        MasterUsername: 'owner',
        MasterUserPassword: 'sandbox-only',
      }),
    );
    await rds.send(new CreateDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier, DBClusterIdentifier }));
  },
  async share(clients, DBClusterSnapshotIdentifier, ValuesToAdd) {
    const command = { DBClusterSnapshotIdentifier, AttributeName: 'restore', ValuesToAdd };
    await clients.client(rdsClient).send(new ModifyDBClusterSnapshotAttributeCommand(command));
  },
  async values(clients, DBClusterSnapshotIdentifier) {
    const command = new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier });
    const { DBClusterSnapshotAttributesResult: result } = await clients.client(rdsClient).send(command);
    return (result?.DBClusterSnapshotAttributes ?? []).flatMap(({ AttributeValues = [] }) => AttributeValues);
  },
});
