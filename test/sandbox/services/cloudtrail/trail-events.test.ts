import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  ModifyManagedPrefixListCommand,
  ModifySecurityGroupRulesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateBucketCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  PutPublicAccessBlockCommand as PutAccountPublicAccessBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { CreateQueueCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { queueUrl } from '../../../../core/queue-address';
import { trailCallSchema } from '../../../../core/trail-call';
import { type FixableResourceType, factsOf } from '../../../../resources/resource-types';
import { losing } from '../../../../sandbox/lost';
import { sqsClient } from '../../../../sandbox/resources/queue/clients';
import { startTrailEvents, type TrailEvents } from '../../../../sandbox/services/cloudtrail/trail-events';
import type { TrailRecord } from '../../../../sandbox/services/cloudtrail/trail-record';
import { s3ControlConfiguration } from '../../../../sandbox/services/s3-control/localhost';
import { management, region, TestSandbox, trust } from '../../gateway/sandbox';
import { ManualClock } from '../lambda/manual-clock';

const sandbox = new TestSandbox();
const clock = new ManualClock();
interface Told {
  accountId: string;
  region: string;
  source: string;
  detailType: string;
  detail: TrailRecord;
}
let told: Told[] = [];
let trailEvents: TrailEvents;

beforeAll(async () => {
  await sandbox.start();
  trailEvents = startTrailEvents({
    gateway: sandbox.gateway,
    events: {
      emitFromService: async (place, { source, detailType, detail }) => {
        told.push({ ...place, source, detailType, detail: detail as TrailRecord });
      },
    },
    delay: 5_000,
    clock,
  });
}, 30_000);
afterAll(() => sandbox.stop());
beforeEach(() => {
  clock.advance(5_000);
  told = [];
});

const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const ec2 = () => new EC2Client(sandbox.as(sandbox.member));
const s3 = () => new S3Client(sandbox.as(sandbox.member));
const sqs = () => sqsClient(sandbox.as(sandbox.member));

/** The events of what was done since the last test, once their delay is over. */
function arrived(): Told[] {
  clock.advance(5_000);
  return told;
}

/** The newest event with a name. */
function recordOf(eventName: string): TrailRecord {
  const found = arrived().findLast(({ detail }) => detail.eventName === eventName);
  if (found === undefined) throw new Error(`There is no event ${eventName}`);
  return found.detail;
}

/** What the type reads of the newest event with a name. */
function touchedBy(resourceType: FixableResourceType, eventName: string): unknown {
  const call = trailCallSchema.parse(recordOf(eventName));
  return factsOf(resourceType).trail.touched(call, { accountId: sandbox.member, region });
}

async function newGroup(GroupName: string): Promise<string> {
  const { GroupId = '' } = await ec2().send(
    new CreateSecurityGroupCommand({ GroupName, Description: GroupName }),
  );
  return GroupId;
}

async function newBucket(Bucket: string): Promise<void> {
  await s3().send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
  );
}

it('tells of nothing while it does not, and of later calls again', async () => {
  const create = (GroupName: string) =>
    ec2().send(new CreateSecurityGroupCommand({ GroupName, Description: GroupName }));
  trailEvents.setTelling(false);
  await create('not-told');
  expect(trailEvents.idle()).toBe(true);
  trailEvents.setTelling(true);
  await create('told');
  expect(arrived().map(({ detail }) => detail.requestParameters)).toEqual([
    expect.objectContaining({ groupName: 'told' }),
  ]);
});

describe("CloudTrail's events", () => {
  it('come for a call that changes something, in its account and Region, after the delay', async () => {
    const GroupId = await newGroup('delayed');
    await ec2().send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
    expect(trailEvents.idle()).toBe(false);
    clock.advance(4_999);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(trailEvents.idle()).toBe(true);
    expect(told).toEqual([
      expect.objectContaining({
        accountId: sandbox.member,
        region,
        source: 'aws.ec2',
        detailType: 'AWS API Call via CloudTrail',
        detail: expect.objectContaining({
          eventSource: 'ec2.amazonaws.com',
          eventName: 'CreateSecurityGroup',
          awsRegion: region,
          recipientAccountId: sandbox.member,
          readOnly: false,
          sourceIPAddress: '127.0.0.1',
          userAgent: expect.stringContaining('aws-sdk-js'),
          requestParameters: { groupName: 'delayed', groupDescription: 'delayed' },
          responseElements: expect.objectContaining({ groupId: GroupId }),
        }),
      }),
    ]);
    expect(told[0]?.detail).not.toHaveProperty('errorCode');
  });

  it("do not come for the sandbox's own call whose event is lost, and come for a stranger's that says so", async () => {
    const client = (as: object, ...lost: Parameters<typeof losing>[0][number][]) =>
      new EC2Client({ ...sandbox.as(sandbox.member), ...as, customUserAgent: losing(lost) });
    const create = (GroupName: string) => new CreateSecurityGroupCommand({ GroupName, Description: 'x' });
    await client({}, 'event').send(create('event-lost'));
    expect(arrived()).toEqual([]);
    await client({}, 'item').send(create('item-lost'));
    const { sessionToken: _, ...stranger } = sandbox.as(sandbox.member).credentials;
    await client({ credentials: stranger }, 'event').send(create('hiding'));
    const names = arrived().map(({ detail }) => detail.requestParameters);
    expect(names).toMatchObject([{ groupName: 'item-lost' }, { groupName: 'hiding' }]);
  });

  it("say who called, with a session's role by its ARN with the path", async () => {
    const onEc2 = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' };
    const role = await sandbox.createRole(sandbox.member, 'deployer', trust(management), onEc2);
    const session = await sandbox.assume(management, role, { RoleSessionName: 'release' });
    const GroupId = await newGroup('by-session');
    await new EC2Client(sandbox.as(session)).send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }),
    );
    expect(recordOf('AuthorizeSecurityGroupIngress').userIdentity).toMatchObject({
      type: 'AssumedRole',
      arn: `arn:aws:sts::${sandbox.member}:assumed-role/deployer/release`,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          arn: `arn:aws:iam::${sandbox.member}:role/staunch/deployer`,
          userName: 'deployer',
        },
      },
    });
    await newGroup('by-administrator');
    const { userIdentity } = recordOf('CreateSecurityGroup');
    expect(userIdentity).toMatchObject({ type: 'Root', accountId: sandbox.member });
    expect(userIdentity).not.toHaveProperty('sessionContext');
  });

  it('come with an error code for what failed or was refused', async () => {
    const GroupId = await newGroup('refused');
    const authorize = new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] });
    await ec2().send(authorize);
    await expect(ec2().send(authorize)).rejects.toMatchObject({ name: 'InvalidPermission.Duplicate' });
    expect(recordOf('AuthorizeSecurityGroupIngress')).toMatchObject({
      errorCode: 'Client.InvalidPermission.Duplicate',
      responseElements: null,
    });
    const role = await sandbox.createRole(sandbox.member, 'nobody', trust(management));
    const session = await sandbox.assume(management, role, { RoleSessionName: 'nobody' });
    await expect(new EC2Client(sandbox.as(session)).send(authorize)).rejects.toThrow();
    expect(recordOf('AuthorizeSecurityGroupIngress')).toMatchObject({
      errorCode: 'Client.UnauthorizedOperation',
    });
    await newBucket('without-a-block');
    const Policy = '{';
    await expect(
      s3().send(new PutBucketPolicyCommand({ Bucket: 'without-a-block', Policy })),
    ).rejects.toThrow();
    expect(recordOf('PutBucketPolicy')).toMatchObject({ errorCode: 'MalformedPolicy' });
  });

  it("write a group's permissions with their lists, and name its rules in what was answered", async () => {
    const GroupId = await newGroup('opened');
    await ec2().send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }));
    expect(recordOf('AuthorizeSecurityGroupIngress')).toMatchObject({
      requestParameters: {
        groupId: GroupId,
        ipPermissions: {
          items: [
            {
              ipProtocol: 'tcp',
              fromPort: 22,
              toPort: 22,
              groups: {},
              ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
              ipv6Ranges: {},
              prefixListIds: {},
            },
          ],
        },
      },
      responseElements: { _return: true },
    });
    expect(touchedBy('AWS::EC2::SecurityGroup', 'AuthorizeSecurityGroupIngress')).toEqual({ ids: [GroupId] });
  });

  it('write a change of rules and of a prefix list under the name of its request', async () => {
    const GroupId = await newGroup('modified');
    const { SecurityGroupRules = [] } = await ec2().send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }),
    );
    const SecurityGroupRuleId = SecurityGroupRules[0]?.SecurityGroupRuleId ?? '';
    const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIpv4: '0.0.0.0/0' };
    await ec2().send(
      new ModifySecurityGroupRulesCommand({
        GroupId,
        SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule: rule }],
      }),
    );
    expect(recordOf('ModifySecurityGroupRules').requestParameters).toEqual({
      ModifySecurityGroupRulesRequest: {
        GroupId,
        SecurityGroupRule: { SecurityGroupRuleId, SecurityGroupRule: rule, tag: 1 },
      },
    });
    expect(touchedBy('AWS::EC2::SecurityGroup', 'ModifySecurityGroupRules')).toEqual({ ids: [GroupId] });

    const { PrefixList } = await ec2().send(
      new CreateManagedPrefixListCommand({ PrefixListName: 'list', MaxEntries: 5, AddressFamily: 'IPv4' }),
    );
    const PrefixListId = PrefixList?.PrefixListId ?? '';
    const AddEntries = [{ Cidr: '0.0.0.0/1' }, { Cidr: '128.0.0.0/1' }];
    await ec2().send(new ModifyManagedPrefixListCommand({ PrefixListId, CurrentVersion: 1, AddEntries }));
    expect(recordOf('ModifyManagedPrefixList').requestParameters).toEqual({
      ModifyManagedPrefixListRequest: {
        PrefixListId,
        CurrentVersion: 1,
        AddEntry: [
          { Cidr: '0.0.0.0/1', tag: 1 },
          { Cidr: '128.0.0.0/1', tag: 2 },
        ],
      },
    });
    expect(touchedBy('AWS::EC2::SecurityGroup', 'ModifyManagedPrefixList')).toEqual({
      everyOne: 'in-region',
    });
  });

  it('name what is done to buckets as CloudTrail does, and say nothing of their objects', async () => {
    const Bucket = 'opened-bucket';
    await newBucket(Bucket);
    await s3().send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'text' }));
    const block = {
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    };
    await s3().send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: block }));
    await s3().send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
      }),
    );
    await s3().send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
    const statement = {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${Bucket}/*`,
    };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await s3().send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect(arrived().map(({ source, detail }) => `${source} ${detail.eventName}`)).toEqual([
      'aws.s3 CreateBucket',
      'aws.s3 PutBucketPublicAccessBlock',
      'aws.s3 PutBucketOwnershipControls',
      'aws.s3 PutBucketAcl',
      'aws.s3 PutBucketPolicy',
    ]);
    expect(recordOf('PutBucketPublicAccessBlock')).toMatchObject({
      requestParameters: { bucketName: Bucket, PublicAccessBlockConfiguration: block },
      resources: [{ accountId: sandbox.member, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${Bucket}` }],
    });
    expect(recordOf('PutBucketAcl').requestParameters).toMatchObject({ 'x-amz-acl': ['public-read'] });
    expect(recordOf('PutBucketPolicy').requestParameters).toMatchObject({
      bucketPolicy: { Statement: [statement] },
    });
    for (const name of ['PutBucketPublicAccessBlock', 'PutBucketAcl', 'PutBucketPolicy'])
      expect(touchedBy('AWS::S3::Bucket', name)).toEqual({ ids: [Bucket] });
  });

  it("say of the account's block that it is S3's, and of a whole one that it opens nothing", async () => {
    const control = new S3ControlClient({
      ...sandbox.as(sandbox.member),
      ...s3ControlConfiguration(sandbox.gateway.port),
    });
    const set = (on: boolean) =>
      control.send(
        new PutAccountPublicAccessBlockCommand({
          AccountId: sandbox.member,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: on,
            IgnorePublicAcls: true,
            BlockPublicPolicy: true,
            RestrictPublicBuckets: true,
          },
        }),
      );
    await set(false);
    expect(arrived()[0]).toMatchObject({
      source: 'aws.s3',
      detail: { eventSource: 's3.amazonaws.com', eventName: 'PutAccountPublicAccessBlock' },
    });
    expect(touchedBy('AWS::S3::Bucket', 'PutAccountPublicAccessBlock')).toEqual({ everyOne: 'in-account' });
    await set(true);
    expect(touchedBy('AWS::S3::Bucket', 'PutAccountPublicAccessBlock')).toBeUndefined();
  });

  it("name a queue by the URL of AWS's own endpoint", async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
    });
    await sqs().send(
      new CreateQueueCommand({ QueueName: 'opened', Attributes: { VisibilityTimeout: '60' } }),
    );
    const QueueUrl = queueUrl(sandbox.member, region, 'opened');
    expect(recordOf('CreateQueue')).toMatchObject({
      requestParameters: { queueName: 'opened', attributes: { VisibilityTimeout: '60' } },
      responseElements: { queueUrl: QueueUrl },
    });
    await sqs().send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    expect(recordOf('SetQueueAttributes').requestParameters).toEqual({
      queueUrl: QueueUrl,
      attributes: { Policy },
    });
    expect(touchedBy('AWS::SQS::Queue', 'SetQueueAttributes')).toEqual({ ids: [QueueUrl] });
  });

  it('reach the account of the caller and of the bucket, where they differ', async () => {
    await newBucket('shared-bucket');
    const onBucket = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${sandbox.hub}:root` },
      Action: 's3:PutBucketTagging',
      Resource: 'arn:aws:s3:::shared-bucket',
    };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [onBucket] });
    await s3().send(new PutBucketPolicyCommand({ Bucket: 'shared-bucket', Policy }));
    arrived();
    told = [];

    await new S3Client(sandbox.as(sandbox.hub)).send(
      new PutBucketTaggingCommand({
        Bucket: 'shared-bucket',
        Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] },
      }),
    );
    expect(arrived().map(({ accountId, detail }) => [accountId, detail.recipientAccountId])).toEqual([
      [sandbox.member, sandbox.member],
      [sandbox.hub, sandbox.hub],
    ]);
  });

  it('do not come any more after the end', async () => {
    await newGroup('too-late');
    trailEvents.stop();
    await newGroup('after-the-end');
    expect(arrived()).toEqual([]);
    expect(trailEvents.idle()).toBe(true);
  });
});
