import { DeleteRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetPublicAccessBlockCommand as GetBucketBlockCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand as PutAccountBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { s3ControlConfiguration } from '../../../../sandbox/services/s3-control/localhost';
import { document, management, TestSandbox, trust } from '../../gateway/sandbox';

const sandbox = new TestSandbox();
let s3: S3Client;
beforeAll(async () => {
  await sandbox.start();
  s3 = new S3Client(sandbox.as(sandbox.member));
}, 30_000);
afterAll(() => sandbox.stop());

async function createBucket(Bucket: string): Promise<string> {
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  );
  return Bucket;
}

const publicPolicy = (bucket: string) =>
  document({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` });
const privatePolicy = (bucket: string) =>
  document({
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${bucket}/*`,
    Condition: {
      StringEquals: { 'aws:PrincipalAccount': sandbox.hub, 'aws:PrincipalOrgID': 'o-1234567890' },
    },
  });
const groupsIn = async (Bucket: string) =>
  (await s3.send(new GetBucketAclCommand({ Bucket }))).Grants?.map((grant) =>
    grant.Grantee?.URI?.split('/').at(-1),
  );

describe('buckets', () => {
  it('have names that no two accounts can share', async () => {
    await createBucket('taken-name');
    const other = new S3Client(sandbox.as(sandbox.hub));
    await expect(other.send(new CreateBucketCommand({ Bucket: 'taken-name' }))).rejects.toMatchObject({
      name: 'BucketAlreadyExists',
    });
  });

  it('can be reached from another account when the bucket policy says so, and only as it says', async () => {
    const Bucket = await createBucket('shared-bucket');
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a/key', Body: 'content' }));
    const fromHub = new S3Client(sandbox.as(sandbox.hub));
    const reading = () => fromHub.send(new GetObjectCommand({ Bucket, Key: 'a/key' }));
    await expect(reading()).rejects.toMatchObject({ name: 'AccessDenied' });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: publicPolicy(Bucket) }));
    expect(await (await reading()).Body?.transformToString()).toBe('content');
    await expect(fromHub.send(new GetBucketAclCommand({ Bucket }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });

    await s3.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
      }),
    );
    await expect(reading()).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('refuse a call that expects another owner', async () => {
    const Bucket = await createBucket('expected-owner');
    await s3.send(new GetBucketAclCommand({ Bucket, ExpectedBucketOwner: sandbox.member }));
    await expect(
      s3.send(new GetBucketAclCommand({ Bucket, ExpectedBucketOwner: sandbox.hub })),
    ).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
  });
});

describe('ACLs', () => {
  it('keep every grant of a canned ACL, also one that comes with a new bucket', async () => {
    await s3.send(
      new CreateBucketCommand({
        Bucket: 'created-public',
        ACL: 'public-read-write',
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    );
    const { Grants } = await s3.send(new GetBucketAclCommand({ Bucket: 'created-public' }));
    expect(Grants?.map((grant) => grant.Permission)).toEqual(['FULL_CONTROL', 'READ', 'WRITE']);
  });
});

describe('GetBucketPolicyStatus', () => {
  it('tells a public policy from one that is not, also while it is blocked', async () => {
    const Bucket = await createBucket('policy-status');
    const status = async () =>
      (await s3.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic;
    await expect(status()).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: privatePolicy(Bucket) }));
    expect(await status()).toBe(false);
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: publicPolicy(Bucket) }));
    await s3.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
      }),
    );
    expect(await status()).toBe(true);
  });
});

describe('PutBucketPolicy', () => {
  const put = (Bucket: string, Policy: string) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));

  it('refuses what is no policy', async () => {
    const Bucket = await createBucket('no-policy');

    await expect(put(Bucket, 'policy')).rejects.toMatchObject({ name: 'MalformedPolicy' });
  });

  it('takes a role that exists, and refuses one that was deleted, as the id that is left of it', async () => {
    const Bucket = await createBucket('names-a-role');
    const role = await sandbox.createRole(sandbox.member, 'reader-of-a-bucket', trust(management));
    const naming = (AWS: string | string[]) =>
      document({
        Effect: 'Allow',
        Principal: { AWS },
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${Bucket}/*`,
      });
    const refused = { name: 'MalformedPolicy', message: 'Invalid principal in policy' };

    await put(Bucket, naming([role, 'arn:aws:iam::444455556666:role/elsewhere']));
    await new IAMClient(sandbox.as(sandbox.member)).send(
      new DeleteRoleCommand({ RoleName: 'reader-of-a-bucket' }),
    );

    await expect(put(Bucket, naming([role]))).rejects.toMatchObject(refused);
    await expect(put(Bucket, naming('AROAEXAMPLEID'))).rejects.toMatchObject(refused);
  });
});

describe('block public access', () => {
  it('is gone when it is deleted, for which the right to put it is enough', async () => {
    const Bucket = await createBucket('block-deleted');
    const role = await sandbox.createRole(sandbox.member, 'unblocker', trust(management), {
      Effect: 'Allow',
      Action: 's3:PutBucketPublicAccessBlock',
      Resource: `arn:aws:s3:::${Bucket}`,
    });
    await s3.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: { BlockPublicPolicy: true },
      }),
    );
    const unblocker = new S3Client(sandbox.as(await sandbox.assume(management, role)));

    await unblocker.send(new DeletePublicAccessBlockCommand({ Bucket, ExpectedBucketOwner: sandbox.member }));

    await expect(s3.send(new GetBucketBlockCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchPublicAccessBlockConfiguration',
    });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: publicPolicy(Bucket) }));
  });

  it('refuses a new public policy under BlockPublicPolicy, and takes another', async () => {
    const Bucket = await createBucket('block-policy');
    await s3.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: { BlockPublicPolicy: true },
      }),
    );
    await expect(
      s3.send(new PutBucketPolicyCommand({ Bucket, Policy: publicPolicy(Bucket) })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: privatePolicy(Bucket) }));
  });

  it('refuses new public ACLs under BlockPublicAcls, however they are said', async () => {
    const Bucket = await createBucket('block-acls');
    await s3.send(
      new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
    );
    const { Owner, Grants = [] } = await s3.send(new GetBucketAclCommand({ Bucket }));
    const uri = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
    const grant = { Grantee: { Type: 'Group' as const, URI: uri }, Permission: 'READ' as const };
    const denied = { name: 'AccessDenied' };
    await expect(s3.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }))).rejects.toMatchObject(
      denied,
    );
    await expect(
      s3.send(new PutBucketAclCommand({ Bucket, GrantRead: `uri="${uri}"` })),
    ).rejects.toMatchObject(denied);
    await expect(
      s3.send(
        new PutBucketAclCommand({ Bucket, AccessControlPolicy: { Owner, Grants: [...Grants, grant] } }),
      ),
    ).rejects.toMatchObject(denied);
    await expect(
      s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL: 'public-read' })),
    ).rejects.toMatchObject(denied);
    await s3.send(new PutBucketAclCommand({ Bucket, AccessControlPolicy: { Owner, Grants } }));
  });

  it('shows the ACL in effect under IgnorePublicAcls, and the ACL itself again without it', async () => {
    const Bucket = await createBucket('ignore-acls');
    await s3.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read-write' }));
    expect(await groupsIn(Bucket)).toEqual([undefined, 'AllUsers', 'AllUsers']);
    const block = (IgnorePublicAcls: boolean) =>
      s3.send(
        new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { IgnorePublicAcls } }),
      );
    await block(true);
    expect(await groupsIn(Bucket)).toEqual([undefined]);
    await block(false);
    expect(await groupsIn(Bucket)).toHaveLength(3);
  });

  it('counts the account’s own settings, which each account has for itself', async () => {
    const Bucket = await createBucket('account-block');
    const control = (accountId: string) =>
      new S3ControlClient({ ...sandbox.as(accountId), ...s3ControlConfiguration(sandbox.gateway.port) });
    await control(sandbox.member).send(
      new PutAccountBlockCommand({
        AccountId: sandbox.member,
        PublicAccessBlockConfiguration: { BlockPublicPolicy: true },
      }),
    );
    await expect(
      s3.send(new PutBucketPolicyCommand({ Bucket, Policy: publicPolicy(Bucket) })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
    const settingsOf = (caller: string, AccountId: string) =>
      control(caller).send(new GetPublicAccessBlockCommand({ AccountId }));
    await expect(settingsOf(sandbox.hub, sandbox.hub)).rejects.toMatchObject({
      name: 'NoSuchPublicAccessBlockConfiguration',
    });
    await expect(settingsOf(sandbox.hub, sandbox.member)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect((await settingsOf(sandbox.member, sandbox.member)).PublicAccessBlockConfiguration).toMatchObject({
      BlockPublicPolicy: true,
    });
  });
});

describe('BucketOwnerEnforced', () => {
  it('refuses ACLs', async () => {
    const Bucket = await createBucket('owner-enforced');
    await s3.send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      }),
    );
    await expect(s3.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }))).rejects.toMatchObject({
      name: 'AccessControlListNotSupported',
    });
  });
});

describe('a role', () => {
  it('needs S3’s own action names, per bucket', async () => {
    const Bucket = await createBucket('role-bucket');
    const role = await sandbox.createRole(sandbox.member, 'bucket-reader', trust(management), {
      Effect: 'Allow',
      Action: ['s3:GetBucketAcl', 's3:GetBucketPolicyStatus'],
      Resource: `arn:aws:s3:::${Bucket}`,
    });
    const reader = new S3Client(sandbox.as(await sandbox.assume(management, role)));
    await reader.send(new GetBucketAclCommand({ Bucket }));
    await expect(
      reader.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: {} })),
    ).rejects.toThrow(/s3:PutBucketPublicAccessBlock on resource: arn:aws:s3:::role-bucket/);
    await expect(reader.send(new GetBucketAclCommand({ Bucket: 'ignore-acls' }))).rejects.toThrow(
      /s3:GetBucketAcl/,
    );
  });
});
