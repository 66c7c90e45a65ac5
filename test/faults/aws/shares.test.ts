import {
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshotsCommand,
  ModifyDBClusterSnapshotAttributeCommand,
  ModifyDBSnapshotAttributeCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import {
  DescribeDocumentPermissionCommand,
  GetServiceSettingCommand,
  ListDocumentsCommand,
  ModifyDocumentPermissionCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { InMemoryAws } from './in-memory-aws';

const place = { accountId: '222222222222', region: 'eu-west-1' };
let aws: InMemoryAws;
let restore: () => void;
let rds: RDSClient;
let ssm: SSMClient;
beforeEach(() => {
  aws = new InMemoryAws();
  restore = aws.install();
  const configuration = { region: place.region, credentials: aws.adminCredentials(place.accountId) };
  rds = new RDSClient(configuration);
  ssm = new SSMClient(configuration);
});
afterEach(() => restore());

describe('a snapshot of RDS', () => {
  const modify = (DBSnapshotIdentifier: string, change: object) =>
    rds.send(
      new ModifyDBSnapshotAttributeCommand({ DBSnapshotIdentifier, AttributeName: 'restore', ...change }),
    );

  it('is shared, and not with everybody where it is encrypted or automated', async () => {
    aws.rds.snapshots.create('manual', place);
    aws.rds.snapshots.create('encrypted', { ...place, encrypted: true });
    aws.rds.snapshots.create('automated', { ...place, type: 'automated' });
    await modify('manual', { ValuesToAdd: ['all', '444455556666'] });
    await modify('manual', { ValuesToRemove: ['all', '777788889999'] });
    expect(aws.rds.snapshots.get('manual', place)?.restore).toEqual(['444455556666']);
    const refused = { name: 'InvalidParameterValue' };
    await expect(modify('encrypted', { ValuesToAdd: ['all'] })).rejects.toMatchObject(refused);
    await expect(modify('automated', { ValuesToAdd: ['444455556666'] })).rejects.toMatchObject(refused);
  });

  it('is listed by pages and type, of the account and Region alone', async () => {
    for (const name of ['a', 'b', 'c']) aws.rds.snapshots.create(name, place);
    aws.rds.snapshots.create('d', { ...place, type: 'automated' });
    aws.rds.snapshots.create('e', { ...place, accountId: '333333333333' });
    const list = (Marker?: string) =>
      rds.send(
        new DescribeDBSnapshotsCommand({ SnapshotType: 'manual', MaxRecords: 2, ...(Marker && { Marker }) }),
      );
    const first = await list();
    const last = await list(first.Marker);
    expect(
      [first, last].flatMap(({ DBSnapshots = [] }) => DBSnapshots.map((one) => one.DBSnapshotIdentifier)),
    ).toEqual(['a', 'b', 'c']);
    expect(last.Marker).toBeUndefined();
  });

  it('is told apart from one of a cluster, and from none', async () => {
    aws.rds.clusterSnapshots.create('both', place);
    await rds.send(
      new ModifyDBClusterSnapshotAttributeCommand({
        DBClusterSnapshotIdentifier: 'both',
        AttributeName: 'restore',
        ValuesToAdd: ['all'],
      }),
    );
    expect(aws.rds.clusterSnapshots.get('both', place)?.restore).toEqual(['all']);
    await expect(
      rds.send(new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier: 'both' })),
    ).rejects.toMatchObject({ name: 'DBSnapshotNotFoundFault' });
  });
});

describe('a document', () => {
  const modify = (change: object) =>
    ssm.send(new ModifyDocumentPermissionCommand({ Name: 'runs', PermissionType: 'Share', ...change }));

  it('is shared with everybody or with accounts, in a version', async () => {
    aws.ssm.createDocument('runs', place);
    await modify({ AccountIdsToAdd: ['All'], SharedDocumentVersion: '$LATEST' });
    const asked = new DescribeDocumentPermissionCommand({ Name: 'runs', PermissionType: 'Share' });
    expect(await ssm.send(asked)).toMatchObject({
      AccountIds: ['all'],
      AccountSharingInfoList: [{ AccountId: 'all', SharedDocumentVersion: '$LATEST' }],
    });
    await expect(modify({ AccountIdsToAdd: ['444455556666'] })).rejects.toMatchObject({
      name: 'DocumentPermissionLimit',
    });
    await modify({ AccountIdsToRemove: ['all'] });
    await modify({ AccountIdsToAdd: ['444455556666'] });
    expect(aws.ssm.document('runs', place)?.sharedWith).toEqual({ '444455556666': '$DEFAULT' });
    const list = new ListDocumentsCommand({ Filters: [{ Key: 'Owner', Values: ['Self'] }] });
    expect(await ssm.send(list)).toMatchObject({ DocumentIdentifiers: [{ Name: 'runs' }] });
  });

  it('is not shared with everybody while that is blocked', async () => {
    aws.ssm.createDocument('runs', { ...place, sharedWith: { all: '$DEFAULT' } });
    aws.ssm.blockPublicSharing(place, true);
    const SettingId = '/ssm/documents/console/public-sharing-permission';
    expect(await ssm.send(new GetServiceSettingCommand({ SettingId }))).toMatchObject({
      ServiceSetting: { SettingValue: 'Disable' },
    });
    expect(aws.ssm.document('runs', place)?.sharedWith).toEqual({ all: '$DEFAULT' });
    await modify({ AccountIdsToRemove: ['all'] });
    await expect(modify({ AccountIdsToAdd: ['all'] })).rejects.toMatchObject({
      name: 'InvalidPermissionType',
    });
  });
});
