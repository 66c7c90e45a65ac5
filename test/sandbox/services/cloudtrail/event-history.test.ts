import { CloudTrailClient, LookupEventsCommand, paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { CreateBucketCommand, PutBucketTaggingCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SendMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { queueUrl } from '../../../../core/queue-address';
import { lastChangeBy } from '../../../../hub-functions/remediation/last-change';
import { UnsupportedError } from '../../../../sandbox/failures';
import type { ApiCall, Credentials } from '../../../../sandbox/gateway/api';
import { sqsClient } from '../../../../sandbox/resources/queue/clients';
import { EventHistory } from '../../../../sandbox/services/cloudtrail/event-history';
import { trail } from '../../../../sandbox/services/ec2/trail';
import { management, region, TestSandbox, trust } from '../../gateway/sandbox';

const sandbox = new TestSandbox();
beforeAll(() => sandbox.start(), 30_000);
afterAll(() => sandbox.stop());

const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const onEc2 = (...Action: string[]) => ({ Effect: 'Allow', Action, Resource: '*' });

async function newGroup(GroupName: string): Promise<string> {
  const { GroupId } = await new EC2Client(sandbox.as(sandbox.member)).send(
    new CreateSecurityGroupCommand({ GroupName, Description: GroupName }),
  );
  return String(GroupId);
}

async function eventsOf(name: string, caller: string | Credentials = sandbox.member): Promise<string[]> {
  const { Events = [] } = await new CloudTrailClient(sandbox.as(caller)).send(
    new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: name }] }),
  );
  return Events.map(({ EventName, Username }) => `${EventName} by ${Username}`);
}

async function sessionOf(roleName: string, ...actions: string[]): Promise<Credentials> {
  const role = await sandbox.createRole(sandbox.member, roleName, trust(management), onEc2(...actions));
  return sandbox.assume(management, role, { RoleSessionName: `${roleName}-session` });
}

/** The last change as Staunch's functions see it. */
async function lastChangeOf(resourceType: string, resourceId: string) {
  const {
    accessKeyId,
    secretAccessKey,
    sessionToken = '',
  } = await sessionOf(`reader-${resourceType.split('::').at(-1)}`, 'cloudtrail:LookupEvents');
  return lastChangeBy(
    {
      finding: { accountId: sandbox.member, region, control: 'a-control', resourceType, resourceId },
      credentials: { accessKeyId, secretAccessKey, sessionToken },
      signal: new AbortController().signal,
    },
    { endpoint: sandbox.gateway.endpoint },
  );
}

describe('the event history', () => {
  it('tells the changes of a resource, the newest first, and neither reading nor what failed', async () => {
    const GroupId = await newGroup('changed');
    const ec2 = new EC2Client(sandbox.as(sandbox.member));
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }));
    await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
    await ec2
      .send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }))
      .catch(() => undefined);
    await ec2.send(new CreateTagsCommand({ Resources: [GroupId], Tags: [{ Key: 'a', Value: 'b' }] }));
    expect(await eventsOf(GroupId)).toEqual(['CreateTags by root', 'AuthorizeSecurityGroupIngress by root']);
    expect(await eventsOf(GroupId, sandbox.hub)).toEqual([]);
  });

  it('tells what was done to a bucket, not to its objects', async () => {
    const s3 = new S3Client(sandbox.as(sandbox.member));
    const Bucket = 'with-a-history';
    await s3.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
    );
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'text' }));
    const TagSet = [{ Key: 'staunch:exempt-until', Value: '2027-03-01' }];
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    expect(await eventsOf(Bucket)).toEqual(['PutBucketTagging by root', 'CreateBucket by root']);
  });

  it('hands many events out in pages', async () => {
    const GroupId = await newGroup('busy');
    const ec2 = new EC2Client(sandbox.as(sandbox.member));
    for (let index = 0; index < 60; index++) {
      await ec2.send(
        new CreateTagsCommand({ Resources: [GroupId], Tags: [{ Key: 'i', Value: `${index}` }] }),
      );
    }
    const sizes: number[] = [];
    const LookupAttributes = [{ AttributeKey: 'ResourceName' as const, AttributeValue: GroupId }];
    const client = new CloudTrailClient(sandbox.as(sandbox.member));
    for await (const { Events } of paginateLookupEvents({ client }, { LookupAttributes })) {
      sizes.push(Events?.length ?? 0);
    }
    expect(sizes).toEqual([50, 10]);
  });

  it('keeps the latest 500 of an account and Region', () => {
    const history = new EventHistory(
      () => 0,
      () => trail,
    );
    const call = (operation: string, parameters: Record<string, unknown>): ApiCall => ({
      service: 'ec2',
      operation,
      parameters,
      region,
      principal: { kind: 'account', accountId: management, arn: `arn:aws:iam::${management}:root` },
      accountId: management,
      method: 'POST',
      url: '/',
      headers: {},
      body: Buffer.alloc(0),
    });
    const found = (AttributeValue: string) => {
      const LookupAttributes = [{ AttributeKey: 'ResourceName', AttributeValue }];
      return JSON.parse(String(history.answer(call('LookupEvents', { LookupAttributes })).body)).Events
        .length;
    };
    const tag = (group: string) =>
      history.note(call('CreateTags', { ResourceId: [group] }), { status: 200, headers: {}, body: '' });
    tag('sg-old');
    for (let index = 1; index < 500; index++) tag('sg-new');
    expect(found('sg-old')).toBe(1);
    tag('sg-new');
    expect(found('sg-old')).toBe(0);
  });

  it('is for those who may look it up', async () => {
    const group = await newGroup('private');
    await expect(eventsOf(group, await sessionOf('blind', 'ec2:*'))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    expect(await eventsOf(group, await sessionOf('seeing', 'cloudtrail:LookupEvents'))).toEqual([]);
  });

  it('answers who opened a group again, and not that Staunch closed it', async () => {
    const GroupId = await newGroup('reopened');
    const actions = ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'];
    const terraform = await sessionOf('terraform', ...actions);
    const staunch = await sessionOf('staunch-remediation', ...actions);
    await new EC2Client(sandbox.as(terraform)).send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }),
    );
    await new EC2Client(sandbox.as(staunch)).send(
      new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }),
    );
    expect(await lastChangeOf('AWS::EC2::SecurityGroup', GroupId)).toEqual({
      by: `arn:aws:sts::${sandbox.member}:assumed-role/terraform/terraform-session`,
      event: 'AuthorizeSecurityGroupIngress',
      at: expect.any(Date),
    });
  });

  it('answers who opened a queue, by its URL at AWS, and nothing of its messages', async () => {
    const sqs = sqsClient(sandbox.as(sandbox.member));
    await sqs.send(new CreateQueueCommand({ QueueName: 'opened' }));
    const QueueUrl = queueUrl(sandbox.member, region, 'opened');
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
    });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a secret' }));
    expect(await lastChangeOf('AWS::SQS::Queue', QueueUrl)).toEqual({
      by: `arn:aws:iam::${sandbox.member}:root`,
      event: 'SetQueueAttributes',
      at: expect.any(Date),
    });
    expect(await eventsOf(QueueUrl)).toEqual(['SetQueueAttributes by root', 'CreateQueue by root']);
  });

  it('stops the run when it is asked in a way that it does not know', async () => {
    const looking = new CloudTrailClient(sandbox.as(sandbox.member)).send(
      new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'root' }] }),
    );
    await expect(looking).rejects.toMatchObject({ name: 'NotImplemented' });
    expect(sandbox.failures.all.at(-1)).toBeInstanceOf(UnsupportedError);
  });
});
