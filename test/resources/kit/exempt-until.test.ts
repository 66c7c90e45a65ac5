import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateBucketCommand,
  DeleteBucketTaggingCommand,
  GetBucketTaggingCommand,
  PutBucketTaggingCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type { Change } from '../../../core/plan';
import { deadlineIn } from '../../../hub-functions/remediation/deadline';
import { bucketAdapter } from '../../../resources/bucket/adapter';
import { exemptUntilIn } from '../../../resources/kit/exempt-until';
import type { LiveResource, Reading } from '../../../resources/kit/live-resource';
import { securityGroupAdapter } from '../../../resources/security-group/adapter';
import type { Moto } from '../../../sandbox/moto/moto';
import { startTestMoto } from '../../support/moto';

const region = 'eu-west-1';
const accountId = '123456789012';
const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret', sessionToken: 'token' };
const until = { Key: 'staunch:exempt-until', Value: '2027-03-01' };
const team = { Key: 'team', Value: 'payments' };
const tags = { team: 'payments', 'staunch:exempt-until': '2027-03-01' };
let moto: Moto;
let s3: S3Client;
let ec2: EC2Client;

beforeAll(async () => {
  moto = await startTestMoto();
  s3 = new S3Client({ region, credentials, endpoint: moto.endpoint, forcePathStyle: true });
  ec2 = new EC2Client({ region, credentials, endpoint: moto.endpoint });
}, 60_000);
afterAll(async () => {
  s3.destroy();
  ec2.destroy();
  await moto.stop();
});

type Handler = { handle: S3Client['config']['requestHandler']['handle'] };
const toLoopback: Handler['handle'] = (request, options) => {
  request.hostname = '127.0.0.1';
  return s3.config.requestHandler.handle(request, options);
};

function bucket(resourceId: string, overrides: S3ClientConfig = {}): LiveResource {
  return bucketAdapter({
    s3: { endpoint: moto.endpoint, forcePathStyle: true, ...overrides },
    s3Control: { endpoint: `http://localhost:${moto.port}`, requestHandler: { handle: toLoopback } },
  }).open({
    finding: { accountId, region, control: 's3-public-access', resourceType: 'AWS::S3::Bucket', resourceId },
    credentials,
    signal: deadlineIn(30_000),
    mayWrite: async () => {},
  });
}

function group(resourceId: string): LiveResource {
  return securityGroupAdapter({ endpoint: moto.endpoint }).open({
    finding: {
      accountId,
      region,
      control: 'security-group-open-ports',
      resourceType: 'AWS::EC2::SecurityGroup',
      resourceId,
    },
    credentials,
    signal: deadlineIn(30_000),
    mayWrite: async () => {},
  });
}

async function reading(live: LiveResource): Promise<Reading> {
  const read = await live.read();
  live.close();
  if (read === 'gone') throw new Error('The resource is gone.');
  return read;
}

async function newBucket(Bucket: string): Promise<string> {
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
  );
  return Bucket;
}

async function newGroup(GroupName: string): Promise<string> {
  const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: GroupName }));
  return String(GroupId);
}

describe('exemptUntilIn', () => {
  it('finds the tag among others', () => {
    expect(exemptUntilIn([team, until])).toEqual({ exemptUntil: '2027-03-01' });
  });

  it('tells a tag without a value from no tag', () => {
    expect(exemptUntilIn([{ Key: until.Key, Value: '' }])).toEqual({ exemptUntil: '' });
    expect(exemptUntilIn([{ Key: until.Key }])).toEqual({ exemptUntil: '' });
    expect(exemptUntilIn([team])).toEqual({});
    expect(exemptUntilIn(undefined)).toEqual({});
  });

  it('takes no other key for it', () => {
    for (const Key of ['Staunch:exempt-until', 'staunch:exempt-until ', 'exempt-until']) {
      expect(exemptUntilIn([{ ...until, Key }])).toEqual({});
    }
  });

  it('keeps no more than a tag can have', () => {
    expect(exemptUntilIn([{ ...until, Value: 'x'.repeat(300) }]).exemptUntil).toHaveLength(256);
  });
});

describe('a bucket', () => {
  it('is read with its tag, which is no part of the saved state', async () => {
    const Bucket = await newBucket('tagged');
    const untagged = await reading(bucket(Bucket));
    expect(untagged).not.toHaveProperty('exemptUntil');
    expect(untagged).toHaveProperty('tags', {});
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [team, until] } }));
    expect(await reading(bucket(Bucket))).toEqual({ ...untagged, exemptUntil: '2027-03-01', tags });
    await s3.send(new DeleteBucketTaggingCommand({ Bucket }));
    expect(await reading(bucket(Bucket))).toEqual(untagged);
  });

  it('is not read while its tags cannot be: they might exempt it', async () => {
    const Bucket = await newBucket('unreadable-tags');
    const owners: unknown[] = [];
    const handle: Handler['handle'] = async (request, options) => {
      if (!('tagging' in (request.query ?? {}))) return s3.config.requestHandler.handle(request, options);
      owners.push(request.headers['x-amz-expected-bucket-owner']);
      throw Object.assign(new Error('Access Denied'), { name: 'AccessDenied' });
    };
    await expect(reading(bucket(Bucket, { requestHandler: { handle } }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    expect(owners).toEqual([accountId]);
  });

  it('keeps its tags through a fix', async () => {
    const Bucket = await newBucket('kept-tags');
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [team, until] } }));
    const live = bucket(Bucket);
    const before = await reading(live);
    const settings = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    const changes: Change[] = [{ action: 'blockPublicAccess', text: 'Block.', settings }];
    await live.apply({ changes, lossy: false, losses: [] }, before, () => {});
    const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
    expect(TagSet).toEqual([team, until]);
  });
});

describe('a security group', () => {
  it('is read with its tag, which is no part of the saved state', async () => {
    const groupId = await newGroup('tagged');
    const untagged = await reading(group(groupId));
    expect(untagged).not.toHaveProperty('exemptUntil');
    await ec2.send(new CreateTagsCommand({ Resources: [groupId], Tags: [team, until] }));
    expect(await reading(group(groupId))).toEqual({ ...untagged, exemptUntil: '2027-03-01', tags });
  });

  it('keeps its tags through a fix', async () => {
    const groupId = await newGroup('kept-tags');
    const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [rule] }));
    await ec2.send(new CreateTagsCommand({ Resources: [groupId], Tags: [team, until] }));
    const live = group(groupId);
    const before = await reading(live);
    const changes: Change[] = [
      { action: 'revoke', text: 'Close.', protocol: 'tcp', fromPort: 22, toPort: 22, cidr: '0.0.0.0/0' },
    ];
    await live.apply({ changes, lossy: false, losses: [] }, before, () => {});
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
    expect(SecurityGroups?.[0]).toMatchObject({ IpPermissions: [], Tags: [team, until] });
  });
});
