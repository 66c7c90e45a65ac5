import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { ConfigServiceClient, PutEvaluationsCommand } from '@aws-sdk/client-config-service';
import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { AttachRolePolicyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateOrganizationalUnitCommand,
  DescribeOrganizationalUnitCommand,
  ListAccountsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { UnsupportedError } from '../../../sandbox/failures';
import type { ApiCall } from '../../../sandbox/gateway/api';
import { document, management, region, TestSandbox, trust } from './sandbox';

const sandbox = new TestSandbox();
beforeAll(() => sandbox.start(), 30_000);
afterAll(() => sandbox.stop());

describe('accounts', () => {
  it('keeps the state of accounts apart', async () => {
    const groupsOf = async (accountId: string) =>
      (await new EC2Client(sandbox.as(accountId)).send(new DescribeSecurityGroupsCommand({})))
        .SecurityGroups ?? [];
    const [hub, member] = [await groupsOf(sandbox.hub), await groupsOf(sandbox.member)];
    expect(hub[0]?.OwnerId).toBe(sandbox.hub);
    expect(member[0]?.OwnerId).toBe(sandbox.member);
  });

  it('reaches a queue of another account by its URL, when the queue’s policy allows it', async () => {
    const inHub = new SQSClient(sandbox.as(sandbox.hub));
    await inHub.send(new CreateQueueCommand({ QueueName: 'findings' }));
    const QueueUrl = `https://sqs.${region}.amazonaws.com/${sandbox.hub}/findings`;
    const sender = new SQSClient({ ...sandbox.as(sandbox.member), useQueueUrlAsEndpoint: false });
    const sending = () => sender.send(new SendMessageCommand({ QueueUrl, MessageBody: 'from the member' }));
    await expect(sending()).rejects.toThrow(
      /because no resource-based policy allows the sqs:SendMessage action/,
    );

    const Policy = document({
      Effect: 'Allow',
      Principal: '*',
      Action: 'sqs:SendMessage',
      Resource: `arn:aws:sqs:${region}:${sandbox.hub}:findings`,
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
    });
    const client = new SQSClient({ ...sandbox.as(sandbox.hub), useQueueUrlAsEndpoint: false });
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await sending();
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.map((message) => message.Body)).toEqual(['from the member']);
  });
});

describe('Organizations', () => {
  it('answers as AWS, not as moto, about the parents of an account that does not exist', async () => {
    const organizations = new OrganizationsClient(sandbox.as(management));

    await expect(
      organizations.send(new ListParentsCommand({ ChildId: '999999999999' })),
    ).rejects.toMatchObject({ name: 'ChildNotFoundException' });
  });

  it('tells a delegated administrator the names of accounts and units, as its own policies allow, and nobody else', async () => {
    const organizations = new OrganizationsClient(sandbox.as(management));
    const { Roots: [root] = [] } = await organizations.send(new ListRootsCommand({}));
    const workloads = await organizations.send(
      new CreateOrganizationalUnitCommand({ ParentId: root?.Id, Name: 'Workloads' }),
    );
    const unitId = workloads.OrganizationalUnit?.Id;
    await organizations.send(
      new RegisterDelegatedAdministratorCommand({
        AccountId: sandbox.hub,
        ServicePrincipal: 'member.org.stacksets.cloudformation.amazonaws.com',
      }),
    );
    const role = await sandbox.createRole(
      sandbox.hub,
      'places',
      trust(management),
      {
        Effect: 'Allow',
        Action: ['organizations:ListAccounts', 'organizations:ListRoots'],
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Action: [
          'organizations:DescribeOrganizationalUnit',
          'organizations:ListOrganizationalUnitsForParent',
        ],
        Resource: [
          `arn:aws:organizations::${management}:ou/*`,
          `arn:aws:organizations::${management}:root/*`,
        ],
      },
    );
    const hub = new OrganizationsClient(sandbox.as(await sandbox.assume(management, role)));

    const { Accounts: accounts = [] } = await hub.send(new ListAccountsCommand({}));
    expect(accounts.map(({ Id, Name }) => [Id, Name])).toEqual(
      expect.arrayContaining([
        [sandbox.hub, 'hub'],
        [sandbox.member, 'member'],
      ]),
    );
    const { Roots: roots } = await hub.send(new ListRootsCommand({}));
    expect(roots).toMatchObject([{ Id: root?.Id }]);
    const below = await hub.send(new ListOrganizationalUnitsForParentCommand({ ParentId: root?.Id }));
    expect(below.OrganizationalUnits).toMatchObject([{ Id: unitId, Name: 'Workloads' }]);
    const described = await hub.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: unitId }));
    expect(described.OrganizationalUnit).toMatchObject({ Name: 'Workloads' });
    await expect(
      hub.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-abcd-00000000' })),
    ).rejects.toMatchObject({ name: 'OrganizationalUnitNotFoundException' });
    await expect(hub.send(new ListParentsCommand({ ChildId: sandbox.member }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const member = new OrganizationsClient(sandbox.as(sandbox.member));
    await expect(member.send(new ListAccountsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

describe('permissions', () => {
  it('uses AWS’s own managed policies that a role attaches', async () => {
    const role = await sandbox.createRole(sandbox.member, 'managed', trust(management));
    const session = await sandbox.assume(management, role);
    const describing = () => new EC2Client(sandbox.as(session)).send(new DescribeSecurityGroupsCommand({}));
    await expect(describing()).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    await new IAMClient(sandbox.as(sandbox.member)).send(
      new AttachRolePolicyCommand({
        RoleName: 'managed',
        PolicyArn: 'arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess',
      }),
    );
    await describing();
  });

  it('knows a secret’s ARN from its name', async () => {
    const { ARN } = await new SecretsManagerClient(sandbox.as(sandbox.hub)).send(
      new CreateSecretCommand({ Name: 'staunch/token', SecretString: 'xoxb' }),
    );
    const role = await sandbox.createRole(sandbox.hub, 'reader', trust(sandbox.hub), {
      Effect: 'Allow',
      Action: 'secretsmanager:GetSecretValue',
      Resource: `arn:aws:secretsmanager:${region}:${sandbox.hub}:secret:staunch/token-??????`,
    });
    const reader = new SecretsManagerClient(sandbox.as(await sandbox.assume(sandbox.hub, role)));
    for (const SecretId of ['staunch/token', ARN]) {
      expect(await reader.send(new GetSecretValueCommand({ SecretId }))).toMatchObject({
        SecretString: 'xoxb',
      });
    }
  });

  it('decides PutEvents entry by entry, by bus, source and detail type', async () => {
    const role = await sandbox.createRole(sandbox.hub, 'publisher', trust(sandbox.hub), {
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Resource: `arn:aws:events:${region}:${sandbox.hub}:event-bus/staunch`,
      Condition: { StringEquals: { 'events:source': 'staunch' } },
    });
    sandbox.gateway.own(
      'events',
      async () => ({ status: 200, headers: {}, body: '{"FailedEntryCount":0}' }),
      ['PutEvents'],
    );
    const client = new EventBridgeClient(sandbox.as(await sandbox.assume(sandbox.hub, role)));
    const put = (...Sources: string[]) =>
      client.send(
        new PutEventsCommand({
          Entries: Sources.map((Source) => ({
            Source,
            DetailType: 'Report',
            Detail: '{}',
            EventBusName: 'staunch',
          })),
        }),
      );
    await put('staunch');
    await expect(put('staunch', 'aws.config')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('owned services', () => {
  it('has their owner answer, after authorization, and hands over the decoded call', async () => {
    const calls: ApiCall[] = [];
    sandbox.gateway.own('lambda', async (call) => {
      calls.push(call);
      return { status: 200, headers: {}, body: '"answer"' };
    });
    const role = await sandbox.createRole(sandbox.hub, 'invoker', trust(sandbox.hub), {
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: `arn:aws:lambda:${region}:${sandbox.hub}:function:allowed`,
    });
    const client = new LambdaClient(sandbox.as(await sandbox.assume(sandbox.hub, role)));
    const invoke = (FunctionName: string) =>
      client.send(new InvokeCommand({ FunctionName, Payload: '{"a":1}' }));
    expect(Buffer.from((await invoke('allowed')).Payload ?? []).toString()).toBe('"answer"');
    await expect(invoke('other')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(calls).toEqual([
      expect.objectContaining({
        operation: 'Invoke',
        accountId: sandbox.hub,
        parameters: { FunctionName: 'allowed', InvocationType: 'RequestResponse' },
        body: Buffer.from('{"a":1}'),
      }),
    ]);
  });
});

describe('afterCall', () => {
  it('waits for listeners before it answers, and leaves out what failed', async () => {
    const heard: string[] = [];
    const stop = sandbox.gateway.afterCall(async ({ service, operation }) => {
      await Promise.resolve();
      if (service === 'sqs') heard.push(operation);
    });
    const client = new SQSClient({ ...sandbox.as(sandbox.member), useQueueUrlAsEndpoint: false });
    await client.send(new CreateQueueCommand({ QueueName: 'heard' }));
    expect(heard).toEqual(['CreateQueue']);
    const QueueUrl = `https://sqs.${region}.amazonaws.com/${sandbox.member}/none`;
    await expect(client.send(new ReceiveMessageCommand({ QueueUrl }))).rejects.toThrow();
    expect(heard).toEqual(['CreateQueue']);
    stop();
    await client.send(new CreateQueueCommand({ QueueName: 'unheard' }));
    expect(heard).toEqual(['CreateQueue']);
  });
});

describe('protocols', () => {
  it('passes Smithy RPC v2 on to moto', async () => {
    await new CloudWatchClient(sandbox.as(sandbox.hub)).send(
      new PutMetricAlarmCommand({
        AlarmName: 'alarm',
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        MetricName: 'm',
        Namespace: 'n',
        Period: 60,
        Statistic: 'Sum',
        Threshold: 1,
      }),
    );
  });

  it('lets no unsigned request in', async () => {
    expect((await fetch(`${sandbox.gateway.endpoint}/bucket/key`)).status).toBe(403);
  });
});

describe('what nobody handles', () => {
  it('stops the run, and answers 501, when a role calls an operation without a known permission', async () => {
    const role = await sandbox.createRole(sandbox.member, 'odd', trust(management), {
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
    });
    const iam = new IAMClient(sandbox.as(await sandbox.assume(management, role)));
    await expect(iam.send(new CreateUserCommand({ UserName: 'x' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 501 },
    });
    expect(sandbox.failures.all.at(-1)).toBeInstanceOf(UnsupportedError);
    expect(sandbox.failures.all.at(-1)?.message).toMatch(/iam:CreateUser/);
  });

  it('stops the run, and answers 501, on a condition key that decides and is not known', async () => {
    const role = await sandbox.createRole(sandbox.member, 'tagged', trust(management), {
      Effect: 'Allow',
      Action: 'ec2:DescribeSecurityGroups',
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'x' } },
    });
    const ec2 = new EC2Client(sandbox.as(await sandbox.assume(management, role)));
    await expect(ec2.send(new DescribeSecurityGroupsCommand({}))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 501 },
    });
    expect(sandbox.failures.all.at(-1)?.message).toMatch(/aws:ResourceTag\/team/);
  });

  it('stops the run when moto answers with a server error', async () => {
    const config = new ConfigServiceClient(sandbox.as(sandbox.member));
    await expect(
      config.send(
        new PutEvaluationsCommand({
          ResultToken: 'token',
          Evaluations: [
            {
              ComplianceResourceType: 'AWS::S3::Bucket',
              ComplianceResourceId: 'bucket',
              ComplianceType: 'COMPLIANT',
              OrderingTimestamp: new Date(0),
            },
          ],
        }),
      ),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    expect(sandbox.failures.all.at(-1)?.message).toMatch(/moto answered 500 to config:PutEvaluations/);
  });

  it('stops the run when the owner of a service breaks', async () => {
    sandbox.gateway.own('events', async () => {
      throw new Error('broken');
    });
    const client = new EventBridgeClient(sandbox.as(sandbox.member));
    await expect(
      client.send(new PutEventsCommand({ Entries: [{ Source: 'x', DetailType: 'x', Detail: '{}' }] })),
    ).rejects.toMatchObject({
      $metadata: { httpStatusCode: 500 },
    });
    expect(sandbox.failures.all.at(-1)?.message).toBe('broken');
  });
});
