import {
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  type Grant,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetPublicAccessBlockCommand as GetAccountPublicAccessBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { control } from '../../../../controls/s3-public-access';
import { sessionPolicy } from '../../../../hub-functions/coordinator/member/session-policy';
import { bucketAdapter } from '../../../../resources/bucket/adapter';
import { InMemoryAws } from '../in-memory-aws';
import { ownerOf, ownGrant } from './bucket-state';
import { isPublicPolicy } from './policy-status';

const accountId = '222222222222';
const region = 'eu-west-1';
const own = { Bucket: 'bucket', ExpectedBucketOwner: accountId };
const Owner = ownerOf(accountId);
const everybody: Grant = {
  Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
  Permission: 'READ',
};
const mine = ownGrant(accountId);
const policyOf = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const read = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' };
let aws: InMemoryAws;
let restore: () => void;
let s3: S3Client;

beforeEach(() => {
  aws = new InMemoryAws();
  restore = aws.install();
  s3 = new S3Client({ region, credentials: aws.adminCredentials(accountId) });
  aws.s3.createBucket('bucket', { accountId, grants: [everybody] });
});
afterEach(() => restore());

const grants = async () => (await s3.send(new GetBucketAclCommand(own))).Grants;
const putAcl = (...Grants: Grant[]) =>
  s3.send(new PutBucketAclCommand({ ...own, AccessControlPolicy: { Owner, Grants } }));
const putPolicy = (Policy: string) => s3.send(new PutBucketPolicyCommand({ ...own, Policy }));
const block = (settings: object) =>
  s3.send(new PutPublicAccessBlockCommand({ ...own, PublicAccessBlockConfiguration: settings }));
const Denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };

describe('an ACL', () => {
  it.each(['bucket', 'account'])(
    'hides its public grants while its %s ignores them, though they stay',
    async (level) => {
      if (level === 'bucket') await block({ IgnorePublicAcls: true });
      else aws.s3.setAccountBlock(accountId, { IgnorePublicAcls: true });
      expect(await grants()).toEqual([mine]);
      expect(aws.s3.bucket('bucket')?.grants).toEqual([mine, everybody]);
      await s3.send(new DeletePublicAccessBlockCommand(own));
      aws.s3.setAccountBlock(accountId, undefined);
      expect(await grants()).toEqual([mine, everybody]);
    },
  );

  it('is replaced as a whole, with what is hidden of it', async () => {
    await block({ IgnorePublicAcls: true });
    await putAcl(mine);
    expect(aws.s3.bucket('bucket')?.grants).toEqual([mine]);
  });

  it('is kept from becoming public, not from being public', async () => {
    await block({ BlockPublicAcls: true });
    await expect(putAcl(mine, everybody)).rejects.toMatchObject(Denied);
    expect(await grants()).toEqual([mine, everybody]);
    await putAcl(mine);
    expect(await grants()).toEqual([mine]);
  });

  it('is none where the owner owns every object', async () => {
    aws.s3.createBucket('bucket', { accountId, grants: [everybody], ownership: 'BucketOwnerEnforced' });
    expect(await grants()).toEqual([mine]);
    await expect(putAcl(mine)).rejects.toMatchObject({ name: 'AccessControlListNotSupported' });
  });
});

describe('a policy', () => {
  it('is put, answered as it was put, judged, and deleted', async () => {
    const text = ` ${policyOf(read)}`;
    await putPolicy(text);
    expect((await s3.send(new GetBucketPolicyCommand(own))).Policy).toBe(text);
    const judging = () => s3.send(new GetBucketPolicyStatusCommand(own));
    expect((await judging()).PolicyStatus).toEqual({ IsPublic: true });
    await block({ RestrictPublicBuckets: true });
    expect((await judging()).PolicyStatus).toEqual({ IsPublic: true });
    await s3.send(new DeleteBucketPolicyCommand(own));
    await expect(judging()).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
    await expect(s3.send(new GetBucketPolicyCommand(own))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
  });

  it('is kept from becoming public', async () => {
    aws.s3.setAccountBlock(accountId, { BlockPublicPolicy: true });
    await expect(putPolicy(policyOf(read))).rejects.toMatchObject(Denied);
    await putPolicy(policyOf({ ...read, Effect: 'Deny' }));
  });

  it.each(['', '{}', policyOf({ ...read, Principal: { AWS: 'AIDAJ45Q7YFFAREXAMPLE' } })])(
    'is refused where it is none: %j',
    async (text) => {
      await expect(putPolicy(text)).rejects.toMatchObject({ name: 'MalformedPolicy' });
    },
  );

  it.each<[boolean, object]>([
    [true, read],
    [true, { ...read, Principal: { AWS: ['arn:aws:iam::1:root', '*'] } }],
    [false, { ...read, Effect: 'Deny' }],
    [false, { ...read, Principal: { AWS: 'arn:aws:iam::111111111111:root' } }],
    [false, { ...read, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
    [true, { ...read, Condition: { StringLike: { 'aws:PrincipalOrgID': 'o-*' } } }],
    [true, { ...read, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
    [false, { ...read, Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '10.0.0.0/8'] } } }],
    [true, { ...read, Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/1'] } } }],
    [true, { ...read, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
  ])('is public, %s: %j', (isPublic, statement) => {
    expect(isPublicPolicy(policyOf(statement))).toBe(isPublic);
  });
});

it.each<[string, string, () => Promise<unknown>]>([
  [
    'block settings',
    'NoSuchPublicAccessBlockConfiguration',
    () => s3.send(new GetPublicAccessBlockCommand(own)),
  ],
  ['ownership', 'OwnershipControlsNotFoundError', () => s3.send(new GetBucketOwnershipControlsCommand(own))],
  ['a website', 'NoSuchWebsiteConfiguration', () => s3.send(new GetBucketWebsiteCommand(own))],
  ['tags', 'NoSuchTagSet', () => s3.send(new GetBucketTaggingCommand(own))],
])('says that it has no %s', async (_, name, call) => {
  await expect(call()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 404 } });
});

describe('a bucket', () => {
  it('is its owner’s, and of its Region', async () => {
    const wrong = { Bucket: 'bucket', ExpectedBucketOwner: '333333333333' };
    const other = new S3Client({ region, credentials: aws.adminCredentials('333333333333') });
    await expect(other.send(new GetBucketAclCommand(wrong))).rejects.toMatchObject(Denied);
    expect(aws.violations).toEqual([]);
    await expect(other.send(new GetBucketAclCommand(own))).rejects.toMatchObject(Denied);
    const elsewhere = new S3Client({ region: 'us-east-1', credentials: aws.adminCredentials(accountId) });
    await expect(elsewhere.send(new GetBucketAclCommand(own))).rejects.toMatchObject({
      name: 'PermanentRedirect',
    });
    await s3.send(new GetBucketAclCommand({ Bucket: 'bucket' }));
    expect(aws.violations).toEqual([
      'admin of 333333333333: s3:GetBucketAcl: it belongs to 222222222222',
      's3:GetBucketAcl of bucket without ExpectedBucketOwner',
    ]);
    aws.s3.deleteBucket('bucket');
    await expect(grants()).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('is written in a session that names it, by the role that may write', async () => {
    const finding = {
      accountId,
      region,
      control: control.id,
      resourceType: control.resourceType,
      resourceId: 'bucket',
    };
    const client = (roleName: string, mode: 'plan' | 'apply', resourceId = 'bucket') => {
      const policy = sessionPolicy(control, { ...finding, resourceId }, mode);
      const credentials = aws.sessions.open({
        accountId,
        roleName,
        sessionName: 'test',
        policy,
        expiresAt: Infinity,
      });
      return new S3Client({ region, credentials });
    };
    const put = new PutBucketPolicyCommand({ ...own, Policy: policyOf(read) });
    await client('staunch-remediation', 'apply').send(put);
    await client('staunch-read', 'plan').send(new GetBucketAclCommand(own));
    expect(aws.violations).toEqual([]);
    await expect(client('staunch-read', 'apply').send(put)).rejects.toMatchObject(Denied);
    await expect(client('staunch-remediation', 'plan').send(put)).rejects.toMatchObject(Denied);
    await expect(client('staunch-remediation', 'apply', 'other').send(put)).rejects.toMatchObject(Denied);
    expect(aws.violations).toHaveLength(3);
  });
});

it('is read and changed by the adapter', async () => {
  aws.s3.createBucket('bucket', {
    accountId,
    grants: [everybody],
    policy: policyOf(read),
    tags: [{ Key: 'a', Value: 'b' }],
  });
  const signal = new AbortController().signal;
  const finding = {
    accountId,
    region,
    control: control.id,
    resourceType: control.resourceType,
    resourceId: 'bucket',
  };
  const live = bucketAdapter().open({
    finding,
    credentials: aws.adminCredentials(accountId),
    signal,
    mayWrite: async () => {},
  });
  const reading = await live.read();
  if (reading === 'gone') throw new Error('It is there.');
  const parameters = control.parameters.parse({});
  const { violations } = control.evaluate(reading.resource, parameters);
  await live.apply(control.plan(reading.resource, violations, parameters), reading, () => {});
  expect(aws.s3.bucket('bucket')).toMatchObject({
    grants: [mine],
    policy: undefined,
    block: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    },
  });
  expect(aws.violations).toEqual([]);
});

it('tells the settings of an account', async () => {
  const s3Control = new S3ControlClient({ region, credentials: aws.adminCredentials(accountId) });
  const asking = () => s3Control.send(new GetAccountPublicAccessBlockCommand({ AccountId: accountId }));
  await expect(asking()).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
  aws.s3.setAccountBlock(accountId, { BlockPublicAcls: true });
  expect((await asking()).PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: true });
});
