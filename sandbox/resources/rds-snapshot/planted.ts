import {
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  DescribeDBSnapshotAttributesCommand,
  ModifyDBSnapshotAttributeCommand,
} from '@aws-sdk/client-rds';
import { rdsClient } from './clients';
import { plantedSnapshots } from './snapshot-kinds';

/** Snapshots of RDS instances of the scenario. */
export const rdsSnapshots = plantedSnapshots({
  resourceType: 'AWS::RDS::DBSnapshot',
  control: 'rds-snapshot-public',
  prefix: 'rds-snapshot',
  noun: 'RDS snapshot',
  missing: 'DBSnapshotNotFoundFault',
  async create(clients, DBSnapshotIdentifier) {
    const rds = clients.client(rdsClient);
    const DBInstanceIdentifier = `${DBSnapshotIdentifier}-db`;
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier,
        DBInstanceClass: 'db.t4g.micro',
        Engine: 'mysql',
        AllocatedStorage: 20,
        MasterUsername: 'owner',
        MasterUserPassword: 'sandbox-only',
      }),
    );
    await rds.send(new CreateDBSnapshotCommand({ DBSnapshotIdentifier, DBInstanceIdentifier }));
  },
  async share(clients, DBSnapshotIdentifier, ValuesToAdd) {
    const command = { DBSnapshotIdentifier, AttributeName: 'restore', ValuesToAdd };
    await clients.client(rdsClient).send(new ModifyDBSnapshotAttributeCommand(command));
  },
  async values(clients, DBSnapshotIdentifier) {
    const command = new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier });
    const { DBSnapshotAttributesResult: result } = await clients.client(rdsClient).send(command);
    return (result?.DBSnapshotAttributes ?? []).flatMap(({ AttributeValues = [] }) => AttributeValues);
  },
});
