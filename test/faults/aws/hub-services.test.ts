import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { EC2Client, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  ChildNotFoundException,
  DescribeOrganizationalUnitCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  OrganizationalUnitNotFoundException,
  OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import { control } from '../../../controls/security-group-open-ports';
import { assumeMemberRole } from '../../../hub-functions/coordinator/member/session';
import { InMemoryAws } from './in-memory-aws';

const region = 'eu-west-1';
const accountId = '222222222222';
let aws: InMemoryAws;
let restore: () => void;

beforeEach(() => {
  aws = new InMemoryAws();
  restore = aws.install();
  aws.organizations.addUnit('ou-1', 'Work');
  aws.organizations.addUnit('ou-2', 'Deeper', 'ou-1');
  aws.organizations.addAccount(accountId, 'Shop', 'ou-2');
});
afterEach(() => restore());

it('leaves a client alone that was given an endpoint, like those of a sandbox in the same process', async () => {
  const endpoint = 'http://127.0.0.1:1';
  const credentials = { accessKeyId: accountId, secretAccessKey: 'any' };
  const lambda = new LambdaClient({ region, endpoint, credentials, maxAttempts: 1 });
  const sent = lambda.send(new InvokeCommand({ FunctionName: 'staunch-coordinator' }));
  await expect(sent).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

describe('STS', () => {
  const sts = new STSClient({ region });
  const finding = {
    accountId,
    region,
    control: control.id,
    resourceType: control.resourceType,
    resourceId: 'sg-0123456789abcdef0',
  };

  it('opens a session of a member’s role, for as long and as wide as it was asked for', async () => {
    const credentials = await assumeMemberRole(sts, control, finding, 'apply');
    expect(aws.sessions.of(credentials)).toMatchObject({
      accountId,
      roleName: 'staunch-remediation',
      expiresAt: aws.clock.milliseconds + 900_000,
    });
    const ec2 = new EC2Client({ region, credentials });
    const GroupId = 'sg-00000000000000009';
    await expect(
      ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [] })),
    ).rejects.toThrow('not authorized');
  });

  it('opens none where there is no such account, or it is refused', async () => {
    const stranger = { ...finding, accountId: '999999999999' };
    await expect(assumeMemberRole(sts, control, stranger, 'plan')).rejects.toMatchObject({
      errorCode: 'AccessDenied',
    });
    aws.sts.isRefused = (_account, roleName) => roleName === 'staunch-read';
    await expect(assumeMemberRole(sts, control, finding, 'plan')).rejects.toMatchObject({
      errorCode: 'AccessDenied',
    });
    await assumeMemberRole(sts, control, finding, 'apply');
  });
});

describe('Organizations', () => {
  const organizations = new OrganizationsClient({ region });
  const parentOf = async (ChildId: string) =>
    (await organizations.send(new ListParentsCommand({ ChildId }))).Parents;

  it('tells where an account lies now', async () => {
    expect(await parentOf(accountId)).toEqual([{ Id: 'ou-2', Type: 'ORGANIZATIONAL_UNIT' }]);
    expect(await parentOf('ou-1')).toEqual([{ Id: 'r-root', Type: 'ROOT' }]);
    aws.organizations.moveAccount(accountId, 'r-root');
    expect(await parentOf(accountId)).toEqual([{ Id: 'r-root', Type: 'ROOT' }]);
    aws.organizations.removeAccount(accountId);
    await expect(parentOf(accountId)).rejects.toBeInstanceOf(ChildNotFoundException);
  });

  it('lists what lies in something', async () => {
    const units = await organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId: 'ou-1' }));
    expect(units.OrganizationalUnits).toEqual([{ Id: 'ou-2', Name: 'Deeper' }]);
    const accounts = await organizations.send(new ListAccountsForParentCommand({ ParentId: 'ou-2' }));
    expect(accounts.Accounts).toMatchObject([{ Id: accountId, Name: 'Shop' }]);
    const unknown = organizations.send(new ListAccountsForParentCommand({ ParentId: 'ou-9' }));
    await expect(unknown).rejects.toMatchObject({ name: 'ParentNotFoundException' });
  });

  it('tells the name of a unit', async () => {
    const naming = (OrganizationalUnitId: string) =>
      organizations.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId }));
    expect((await naming('ou-1')).OrganizationalUnit?.Name).toBe('Work');
    await expect(naming('ou-9')).rejects.toBeInstanceOf(OrganizationalUnitNotFoundException);
  });

  it('lists accounts page by page', async () => {
    for (let n = 0; n < 44; n += 1) aws.organizations.addAccount(String(300_000_000_000 + n));
    const sizes: number[] = [];
    for await (const { Accounts = [] } of paginateListAccounts({ client: organizations }, {}))
      sizes.push(Accounts.length);
    expect(sizes).toEqual([20, 20, 5]);
  });
});

describe('EventBridge', () => {
  const send = () =>
    new EventBridgeClient({ region }).send(
      new PutEventsCommand({
        Entries: [{ EventBusName: 'staunch', Source: 'staunch', DetailType: 't', Detail: '{"a":1}' }],
      }),
    );

  it('keeps what it takes', async () => {
    expect(await send()).toMatchObject({ FailedEntryCount: 0 });
    const at = aws.clock.now();
    expect(aws.eventBridge.events).toEqual([
      { busName: 'staunch', source: 'staunch', detailType: 't', detail: { a: 1 }, at },
    ]);
  });

  it('answers also when it takes nothing', async () => {
    aws.eventBridge.isDown = true;
    expect(await send()).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] });
    expect(aws.eventBridge.events).toEqual([]);
  });
});

it('CloudTrail has recorded nothing, and tells only whoever may ask', async () => {
  const asking = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) =>
    new CloudTrailClient({ region, credentials }).send(new LookupEventsCommand({}));
  expect((await asking(aws.adminCredentials(accountId))).Events).toEqual([]);
  await expect(asking({ accessKeyId: 'a', secretAccessKey: 'b' })).rejects.toMatchObject({
    name: 'InvalidAccessKeyId',
  });
});

it('Lambda knows no other function than those that are there, and remembers what was not waited for', async () => {
  const lambda = new LambdaClient({ region });
  await expect(lambda.send(new InvokeCommand({ FunctionName: 'f' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  aws.lambda.functions.set('f', { timeoutMilliseconds: 1_000, handler: async () => undefined });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'f', InvocationType: 'Event' }));
  expect(Buffer.from(Payload ?? []).toString()).toBe('null');
  expect(aws.violations).toEqual(['f was invoked as Event']);
});
