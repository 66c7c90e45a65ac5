import {
  CreateDBClusterCommand,
  CreateDBClusterSnapshotCommand,
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBSnapshotAttributesCommand,
  ModifyDBClusterSnapshotAttributeCommand,
  ModifyDBSnapshotAttributeCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { startTrailEvents } from '../../../../sandbox/services/cloudtrail/trail-events';
import type { TrailRecord } from '../../../../sandbox/services/cloudtrail/trail-record';
import { TestSandbox, trust } from '../../gateway/sandbox';
import { ManualClock } from '../lambda/manual-clock';

const sandbox = new TestSandbox();
const clock = new ManualClock();
const told: TrailRecord[] = [];
let rds: RDSClient;
beforeAll(async () => {
  await sandbox.start();
  startTrailEvents({
    gateway: sandbox.gateway,
    events: { emitFromService: async (_place, { detail }) => void told.push(detail as TrailRecord) },
    delay: 1_000,
    clock,
  });
  rds = new RDSClient(sandbox.as(sandbox.member));
  const database = { DBInstanceClass: 'db.t3.micro', Engine: 'postgres', MasterUsername: 'admin1' };
  for (const [id, StorageEncrypted] of [
    ['plain', false],
    ['secret', true],
  ] as const) {
    await rds.send(
      new CreateDBInstanceCommand({
        ...database,
        DBInstanceIdentifier: id,
        AllocatedStorage: 20,
        MasterUserPassword: 'not-a-secret',
        StorageEncrypted,
      }),
    );
    await rds.send(
      new CreateDBSnapshotCommand({ DBInstanceIdentifier: id, DBSnapshotIdentifier: `${id}-snapshot` }),
    );
  }
}, 60_000);
afterAll(() => sandbox.stop());

const modify = (DBSnapshotIdentifier: string, change: object, client = rds) =>
  client.send(
    new ModifyDBSnapshotAttributeCommand({ DBSnapshotIdentifier, AttributeName: 'restore', ...change }),
  );
const valuesOf = async (DBSnapshotIdentifier: string) => {
  const { DBSnapshotAttributesResult: result } = await rds.send(
    new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier }),
  );
  return result?.DBSnapshotAttributes?.find(({ AttributeName }) => AttributeName === 'restore')
    ?.AttributeValues;
};

describe('a snapshot of a database', () => {
  it('is shared with everybody and an account, and loses everybody alone', async () => {
    await modify('plain-snapshot', { ValuesToAdd: ['all', '444455556666'] });
    expect(await valuesOf('plain-snapshot')).toEqual(['all', '444455556666']);
    await modify('plain-snapshot', { ValuesToRemove: ['all'] });
    expect(await valuesOf('plain-snapshot')).toEqual(['444455556666']);
  });

  it('is not shared with everybody where it is encrypted', async () => {
    await expect(modify('secret-snapshot', { ValuesToAdd: ['all'] })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await modify('secret-snapshot', { ValuesToAdd: ['444455556666'] });
    expect(await valuesOf('secret-snapshot')).toEqual(['444455556666']);
  });

  it("is in CloudTrail's record by the API's names with a small first letter", async () => {
    await modify('plain-snapshot', { ValuesToAdd: ['all'] });
    clock.advance(1_000);
    expect(told.findLast(({ eventName }) => eventName === 'ModifyDBSnapshotAttribute')).toMatchObject({
      eventSource: 'rds.amazonaws.com',
      requestParameters: {
        dBSnapshotIdentifier: 'plain-snapshot',
        attributeName: 'restore',
        valuesToAdd: ['all'],
      },
      responseElements: {
        dBSnapshotIdentifier: 'plain-snapshot',
        dBSnapshotAttributes: [{ attributeName: 'restore', attributeValues: ['444455556666', 'all'] }],
      },
    });
  });

  it('is changed by whoever may change that one, and by no other', async () => {
    const arn = `arn:aws:rds:eu-west-1:${sandbox.member}:snapshot:plain-snapshot`;
    const allowed = { Effect: 'Allow', Action: 'rds:ModifyDBSnapshotAttribute', Resource: arn };
    const roleArn = await sandbox.createRole(sandbox.member, 'shares', trust(sandbox.member), allowed);
    const session = new RDSClient(sandbox.as(await sandbox.assume(sandbox.member, roleArn)));
    await modify('plain-snapshot', { ValuesToRemove: ['all'] }, session);
    await expect(modify('secret-snapshot', { ValuesToRemove: ['all'] }, session)).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });
});

it('shares a snapshot of a cluster the same way', async () => {
  await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: 'cluster',
      Engine: 'aurora-postgresql',
      MasterUsername: 'admin1',
      MasterUserPassword: 'not-a-secret',
    }),
  );
  const DBClusterSnapshotIdentifier = 'cluster-snapshot';
  await rds.send(
    new CreateDBClusterSnapshotCommand({ DBClusterIdentifier: 'cluster', DBClusterSnapshotIdentifier }),
  );
  await rds.send(
    new ModifyDBClusterSnapshotAttributeCommand({
      DBClusterSnapshotIdentifier,
      AttributeName: 'restore',
      ValuesToAdd: ['all'],
    }),
  );
  const { DBClusterSnapshotAttributesResult: result } = await rds.send(
    new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier }),
  );
  expect(result?.DBClusterSnapshotAttributes).toEqual([
    { AttributeName: 'restore', AttributeValues: ['all'] },
  ]);
  clock.advance(1_000);
  expect(told.findLast(({ eventName }) => eventName === 'ModifyDBClusterSnapshotAttribute')).toMatchObject({
    requestParameters: { dBClusterSnapshotIdentifier: DBClusterSnapshotIdentifier, valuesToAdd: ['all'] },
  });
});
