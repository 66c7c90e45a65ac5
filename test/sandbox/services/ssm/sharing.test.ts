import {
  CreateDocumentCommand,
  DescribeDocumentPermissionCommand,
  GetServiceSettingCommand,
  ModifyDocumentPermissionCommand,
  ResetServiceSettingCommand,
  SSMClient,
  UpdateServiceSettingCommand,
} from '@aws-sdk/client-ssm';
import { TestSandbox, trust } from '../../gateway/sandbox';

const SettingId = '/ssm/documents/console/public-sharing-permission';
const sandbox = new TestSandbox();
let ssm: SSMClient;
beforeAll(async () => {
  await sandbox.start();
  ssm = new SSMClient(sandbox.as(sandbox.member));
  const Content = JSON.stringify({
    schemaVersion: '2.2',
    description: 'a test',
    mainSteps: [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['true'] } }],
  });
  for (const Name of ['runs', 'other']) {
    await ssm.send(new CreateDocumentCommand({ Name, Content, DocumentType: 'Command' }));
  }
}, 30_000);
afterAll(() => sandbox.stop());

const modify = (Name: string, change: object, client = ssm) =>
  client.send(new ModifyDocumentPermissionCommand({ Name, PermissionType: 'Share', ...change }));
const sharedWith = async (Name: string) => {
  const asked = new DescribeDocumentPermissionCommand({ Name, PermissionType: 'Share' });
  return (await ssm.send(asked)).AccountSharingInfoList;
};

describe('a document', () => {
  it('is shared with everybody, in whatever letters, in a version', async () => {
    await modify('runs', { AccountIdsToAdd: ['All'], SharedDocumentVersion: '$LATEST' });
    expect(await sharedWith('runs')).toEqual([{ AccountId: 'all', SharedDocumentVersion: '$LATEST' }]);
    await modify('runs', { AccountIdsToRemove: ['All'] });
    expect(await sharedWith('runs')).toEqual([]);
  });

  it('is not shared with everybody while that is blocked; what is shared stays so', async () => {
    await modify('runs', { AccountIdsToAdd: ['all'] });
    await ssm.send(new UpdateServiceSettingCommand({ SettingId, SettingValue: 'Disable' }));
    const { ServiceSetting: setting } = await ssm.send(new GetServiceSettingCommand({ SettingId }));
    expect(setting).toMatchObject({ SettingId, SettingValue: 'Disable', Status: 'Customized' });
    await expect(modify('other', { AccountIdsToAdd: ['All'] })).rejects.toMatchObject({
      name: 'InvalidPermissionType',
    });
    expect(await sharedWith('runs')).toHaveLength(1);
    await modify('other', { AccountIdsToAdd: ['444455556666'] });
    const { ServiceSetting: reset } = await ssm.send(new ResetServiceSettingCommand({ SettingId }));
    expect(reset).toMatchObject({ SettingValue: 'Enable', Status: 'Default' });
    await modify('runs', { AccountIdsToRemove: ['all'] });
  });

  it('is changed by whoever may change that one, and by no other', async () => {
    const arn = `arn:aws:ssm:eu-west-1:${sandbox.member}:document/runs`;
    const allowed = { Effect: 'Allow', Action: 'ssm:ModifyDocumentPermission', Resource: arn };
    const roleArn = await sandbox.createRole(sandbox.member, 'shares', trust(sandbox.member), allowed);
    const session = new SSMClient(sandbox.as(await sandbox.assume(sandbox.member, roleArn)));
    await modify('runs', { AccountIdsToAdd: ['444455556666'] }, session);
    await expect(modify('other', { AccountIdsToAdd: ['444455556666'] }, session)).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});
