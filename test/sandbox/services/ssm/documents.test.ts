import {
  GetServiceSettingCommand,
  ListDocumentsCommand,
  ModifyDocumentPermissionCommand,
  ResetServiceSettingCommand,
  SSMClient,
  UpdateServiceSettingCommand,
} from '@aws-sdk/client-ssm';
import { control } from '../../../../controls/ssm-document-public';
import { sessionPolicy } from '../../../../hub-functions/coordinator/member/session-policy';
import { documentAdapter } from '../../../../resources/ssm-document/adapter';
import { clientsOfAccount } from '../../../../sandbox/account-clients';
import type { ApiCall } from '../../../../sandbox/gateway/api';
import type { DangerousKind } from '../../../../sandbox/resources/kind';
import { ssmDocuments } from '../../../../sandbox/resources/ssm-document/planted';
import { trail } from '../../../../sandbox/services/ssm/trail';
import { region, TestSandbox, trust } from '../../gateway/sandbox';

const SettingId = '/ssm/documents/console/public-sharing-permission';
const sandbox = new TestSandbox();
let ssm: SSMClient;
beforeAll(async () => {
  await sandbox.start();
  ssm = new SSMClient(sandbox.as(sandbox.member));
}, 30_000);
afterAll(() => sandbox.stop());

const shareWithAll = (Name: string, client = ssm) =>
  client.send(
    new ModifyDocumentPermissionCommand({ Name, PermissionType: 'Share', AccountIdsToAdd: ['all'] }),
  );
const setting = async () =>
  (await ssm.send(new GetServiceSettingCommand({ SettingId }))).ServiceSetting?.SettingValue;

it('is fixed by a session for it alone, and given back unless that is blocked', async () => {
  const [kind] = Object.values(ssmDocuments.dangerous) as [DangerousKind];
  const clients = clientsOfAccount(sandbox.gateway, sandbox.member, region);
  const place = { clients, name: 'Restart-Shop' };
  const resourceId = await kind.plant(place);
  await kind.plant({ clients, name: 'Other' });
  const own = new ListDocumentsCommand({ Filters: [{ Key: 'Owner', Values: ['Self'] }] });
  expect((await ssm.send(own)).DocumentIdentifiers?.map(({ Name }) => Name)).toEqual(['Other', resourceId]);

  const here = { accountId: sandbox.member, region };
  const finding = { ...here, control: control.id, resourceType: control.resourceType, resourceId };
  const everything = { Effect: 'Allow', Action: 'ssm:*', Resource: '*' };
  const roleArn = await sandbox.createRole(sandbox.member, 'fixes', trust(sandbox.member), everything);
  const Policy = sessionPolicy(control, finding, 'apply');
  const credentials = await sandbox.assume(sandbox.member, roleArn, { Policy });
  const live = documentAdapter({ endpoint: sandbox.gateway.endpoint, credentials }).open({
    finding,
    credentials: { ...credentials, sessionToken: credentials.sessionToken ?? '' },
    signal: new AbortController().signal,
    mayWrite: async () => {},
  });
  const before = await live.read();
  if (before === 'gone') throw new Error('It is there.');
  const parameters = control.parameters.parse({});
  expect(control.evaluate(before.resource, parameters).compliance).toBe('NON_COMPLIANT');
  const plan = control.plan(before.resource, [], parameters);
  expect(plan).toMatchObject({ lossy: false, changes: [{ group: 'all', version: '$DEFAULT' }] });
  await live.apply(plan, before, () => {});
  expect(await kind.read(clients, resourceId)).toEqual(kind.healed(place));

  await ssm.send(new UpdateServiceSettingCommand({ SettingId, SettingValue: 'Disable' }));
  const restored = [{ action: 'restoreShare', text: 'Share it again.', group: 'all', version: '$DEFAULT' }];
  await expect(live.applyUndo(restored, () => {})).rejects.toThrow(
    /does not take it back: InvalidPermissionType/,
  );
  await ssm.send(new ResetServiceSettingCommand({ SettingId }));
  await live.applyUndo(restored, () => {});
  expect(await kind.read(clients, resourceId)).toEqual(kind.planted(place));
  live.close();

  const session = new SSMClient(sandbox.as(credentials));
  await expect(shareWithAll('Other', session)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

it('leaves what is shared as it is when public sharing is blocked, and shares nothing more', async () => {
  const [kind] = Object.values(ssmDocuments.dangerous) as [DangerousKind];
  const clients = clientsOfAccount(sandbox.gateway, sandbox.member, region);
  await kind.plant({ clients, name: 'Shared' });
  expect(await setting()).toBe('Enable');
  await ssm.send(new UpdateServiceSettingCommand({ SettingId, SettingValue: 'Disable' }));
  expect([await setting(), await kind.read(clients, 'Shared')]).toEqual(['Disable', ['all']]);
  await expect(shareWithAll('Shared')).rejects.toMatchObject({ name: 'InvalidPermissionType' });
  await ssm.send(new ResetServiceSettingCommand({ SettingId }));
  await shareWithAll('Shared');
  const unknown = new GetServiceSettingCommand({ SettingId: '/ssm/unknown' });
  await expect(ssm.send(unknown)).rejects.toMatchObject({ name: 'ServiceSettingNotFound' });
});

it('records with whom a document is shared, and not what it does', () => {
  const parameters = {
    Name: 'Restart-Shop',
    PermissionType: 'Share',
    AccountIdsToAdd: ['all'],
    Content: '{}',
  };
  expect(trail.requestParameters({ parameters } as unknown as ApiCall)).toEqual({
    name: 'Restart-Shop',
    permissionType: 'Share',
    accountIdsToAdd: ['all'],
  });
});
