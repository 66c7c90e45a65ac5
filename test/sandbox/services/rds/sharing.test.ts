import {
  CopyDBSnapshotCommand,
  DescribeDBSnapshotsCommand,
  ModifyDBClusterSnapshotAttributeCommand,
  ModifyDBSnapshotAttributeCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { control as clusterControl } from '../../../../controls/rds-cluster-snapshot-public';
import { control as instanceControl } from '../../../../controls/rds-snapshot-public';
import { sessionPolicy } from '../../../../hub-functions/coordinator/member/session-policy';
import { rdsClusterSnapshotAdapter } from '../../../../resources/rds-cluster-snapshot/adapter';
import { rdsSnapshotAdapter } from '../../../../resources/rds-snapshot/adapter';
import { type AccountClients, clientsOfAccount } from '../../../../sandbox/account-clients';
import type { DangerousKind } from '../../../../sandbox/resources/kind';
import { rdsClusterSnapshots } from '../../../../sandbox/resources/rds-cluster-snapshot/planted';
import { rdsClusterSnapshots as recordedClusterSnapshots } from '../../../../sandbox/resources/rds-cluster-snapshot/recorded';
import { rdsSnapshots } from '../../../../sandbox/resources/rds-snapshot/planted';
import { rdsSnapshots as recordedSnapshots } from '../../../../sandbox/resources/rds-snapshot/recorded';
import { ClientsByPlace } from '../../../../sandbox/services/config/account-clients';
import { region, TestSandbox, trust } from '../../gateway/sandbox';

const sandbox = new TestSandbox();
let clients: AccountClients;
let places: ClientsByPlace;
let roleArn = '';
beforeAll(async () => {
  await sandbox.start();
  clients = clientsOfAccount(sandbox.gateway, sandbox.member, region);
  places = new ClientsByPlace(sandbox.gateway);
  const everything = { Effect: 'Allow', Action: 'rds:*', Resource: '*' };
  roleArn = await sandbox.createRole(sandbox.member, 'fixes', trust(sandbox.member), everything);
}, 30_000);
afterAll(async () => {
  places.stop();
  await sandbox.stop();
});

const types = [
  {
    name: 'a snapshot of an instance',
    control: instanceControl,
    planted: rdsSnapshots,
    recorded: recordedSnapshots,
    adapter: rdsSnapshotAdapter,
    shareOther: (client: RDSClient) =>
      client.send(
        new ModifyDBSnapshotAttributeCommand({ DBSnapshotIdentifier: 'other', AttributeName: 'restore' }),
      ),
  },
  {
    name: 'a snapshot of a cluster',
    control: clusterControl,
    planted: rdsClusterSnapshots,
    recorded: recordedClusterSnapshots,
    adapter: rdsClusterSnapshotAdapter,
    shareOther: (client: RDSClient) =>
      client.send(
        new ModifyDBClusterSnapshotAttributeCommand({
          DBClusterSnapshotIdentifier: 'other',
          AttributeName: 'restore',
        }),
      ),
  },
];

it.each(types)('$name is recorded, fixed by a session for it alone, and given back', async (type) => {
  const { control, planted, adapter, shareOther } = type;
  const [kind] = Object.values(planted.dangerous) as [DangerousKind];
  const place = { clients, name: 'orders' };
  const resourceId = await kind.plant(place);
  expect(await kind.read(clients, resourceId)).toEqual(kind.planted(place));

  const here = { accountId: sandbox.member, region };
  const recorded = type.recorded({ clients: places });
  expect(await recorded.list(here)).toContain(resourceId);
  const item = await recorded.read(
    { ...here, resourceType: control.resourceType, resourceId },
    'everything',
    undefined,
  );
  const frame = { resourceType: control.resourceType, resourceId, configurationItemStatus: 'OK' };
  const parameters = control.parameters.parse({});
  const seen = control.fromConfigurationItem({ ...frame, ...item });
  expect(control.evaluate(seen, parameters).compliance).toBe('NON_COMPLIANT');
  expect(seen.accountId).toBe(sandbox.member);

  const finding = { ...here, control: control.id, resourceType: control.resourceType, resourceId };
  const Policy = sessionPolicy(control, finding, 'apply');
  const credentials = await sandbox.assume(sandbox.member, roleArn, { Policy });
  const live = adapter({ endpoint: sandbox.gateway.endpoint, credentials }).open({
    finding,
    credentials: { ...credentials, sessionToken: credentials.sessionToken ?? '' },
    signal: new AbortController().signal,
    mayWrite: async () => {},
  });
  const before = await live.read();
  if (before === 'gone') throw new Error('It is there.');
  const plan = control.plan(before.resource, [], parameters);
  await live.apply(plan, before, () => {});
  expect(await kind.read(clients, resourceId)).toEqual(kind.healed(place));
  await live.applyUndo(
    [{ action: 'restoreShare', text: 'Share the snapshot with everybody again.', group: 'all' }],
    () => {},
  );
  expect(await kind.read(clients, resourceId)).toEqual(kind.planted(place));
  live.close();

  const session = new RDSClient(sandbox.as(credentials));
  await expect(shareOther(session)).rejects.toMatchObject({ name: 'AccessDenied' });
});

it('knows a copy by its own name, and nothing under a name that nobody gave', async () => {
  const rds = new RDSClient(sandbox.as(sandbox.member));
  const copy = { SourceDBSnapshotIdentifier: 'orders', TargetDBSnapshotIdentifier: 'Orders-Copy' };
  await rds.send(new CopyDBSnapshotCommand(copy));
  const call = {
    service: 'rds',
    operation: 'CopyDBSnapshot',
    parameters: copy,
    accountId: sandbox.member,
    region,
  };
  const recorded = recordedSnapshots({ clients: places });
  const touched = await recorded.touches(call as never, {} as never);
  expect(touched.map(({ resourceId }) => resourceId)).toEqual(['orders-copy']);
  const none = {
    accountId: sandbox.member,
    region,
    resourceType: 'AWS::RDS::DBSnapshot',
    resourceId: 'none',
  };
  expect(await recorded.read(none, 'everything', undefined)).toBeUndefined();
  await expect(
    rds.send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: 'none' })),
  ).rejects.toMatchObject({ name: 'DBSnapshotNotFoundFault' });
});
