import {
  type BucketCannedACL,
  CreateBucketCommand,
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { Json } from '../../../core/json';
import type { AccountClients } from '../../account-clients';
import { type DangerousKind, type PlantingPlace, plantedType, type ResourceKind } from '../kind';

const control = 's3-public-access';
const resourceType = 'AWS::S3::Bucket';

type Statement = { [key: string]: Json };

/** How a bucket is set up. */
interface BucketSetup {
  acl?: BucketCannedACL;
  /** Statements of its policy, made for the bucket's name. */
  policy?: (bucket: string) => Statement[];
  website?: boolean;
  publicAccessBlock?: boolean;
}

/** What `read` answers for a bucket. */
type BucketState = { acl: string[]; policy: Json; publicAccessBlock: Json };

const noBlock = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};
const fullBlock = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** Grants that a canned ACL makes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const everybody = 'http://acs.amazonaws.com/groups/global/AllUsers';
const everyAccount = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
const logDelivery = 'http://acs.amazonaws.com/groups/s3/LogDelivery';
const cannedGrants: Record<string, string[]> = {
  'public-read': [`${everybody} READ`],
  'public-read-write': [`${everybody} READ`, `${everybody} WRITE`],
  'authenticated-read': [`${everyAccount} READ`],
  'log-delivery-write': [`${logDelivery} READ_ACP`, `${logDelivery} WRITE`],
};

function dangerousBucket(
  text: string,
  setup: BucketSetup,
  heal: (planted: BucketState) => BucketState,
  lossy = false,
): DangerousKind {
  return {
    ...harmlessBucket(text, setup),
    healed: (place) => heal(plantedState(place, setup)),
    lossy,
  };
}

function harmlessBucket(text: string, setup: BucketSetup): ResourceKind {
  return {
    resourceType,
    control,
    text,
    plant: (place) => plantBucket(place, setup),
    planted: (place) => plantedState(place, setup),
    read: readBucket,
  };
}

function plantedState(place: PlantingPlace, setup: BucketSetup): BucketState {
  return {
    acl: [...(cannedGrants[setup.acl ?? ''] ?? []), 'owner FULL_CONTROL'].sort(),
    policy:
      setup.policy === undefined
        ? null
        : { Version: '2012-10-17', Statement: setup.policy(bucketName(place)) },
    publicAccessBlock: setup.publicAccessBlock ? fullBlock : noBlock,
  };
}

/** Bucket names are global, so the account's id is part of them. */
function bucketName({ clients, name }: PlantingPlace): string {
  return `${name}-${clients.accountId}`;
}

async function plantBucket(place: PlantingPlace, setup: BucketSetup): Promise<string> {
  const { s3, region } = place.clients;
  const bucket = bucketName(place);
  await s3.send(
    new CreateBucketCommand({
      Bucket: bucket,
      ...(region === 'us-east-1'
        ? {}
        : { CreateBucketConfiguration: { LocationConstraint: region as never } }),
    }),
  );
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket: bucket,
      PublicAccessBlockConfiguration: setup.publicAccessBlock ? fullBlock : noBlock,
    }),
  );
  if (setup.acl !== undefined) {
    await s3.send(
      new PutBucketOwnershipControlsCommand({
        Bucket: bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
      }),
    );
    await s3.send(new PutBucketAclCommand({ Bucket: bucket, ACL: setup.acl }));
  }
  if (setup.website) {
    await s3.send(
      new PutBucketWebsiteCommand({
        Bucket: bucket,
        WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
      }),
    );
  }
  if (setup.policy !== undefined) {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: setup.policy(bucket) });
    await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
  }
  return bucket;
}

async function readBucket({ s3 }: AccountClients, bucket: string): Promise<Json | undefined> {
  const acl = await orUndefined('NoSuchBucket', () => s3.send(new GetBucketAclCommand({ Bucket: bucket })));
  if (acl === undefined) return undefined;
  const policy = await orUndefined('NoSuchBucketPolicy', () =>
    s3.send(new GetBucketPolicyCommand({ Bucket: bucket })),
  );
  const block = await orUndefined('NoSuchPublicAccessBlockConfiguration', () =>
    s3.send(new GetPublicAccessBlockCommand({ Bucket: bucket })),
  );
  return {
    acl: (acl.Grants ?? [])
      .map(({ Grantee, Permission }) => `${Grantee?.URI ?? 'owner'} ${Permission}`)
      .sort(),
    policy: policy?.Policy === undefined ? null : (JSON.parse(policy.Policy) as Json),
    publicAccessBlock: (block?.PublicAccessBlockConfiguration as Json | undefined) ?? null,
  } satisfies BucketState;
}

async function orUndefined<T>(code: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if ((error as Error).name === code) return undefined;
    throw error;
  }
}

const publicRead = (bucket: string): Statement => ({
  Sid: 'EverybodyReads',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucket}/*`,
});
const partnerReads = (bucket: string): Statement => ({
  Sid: 'PartnerReads',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::444455556666:root' },
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucket}/*`,
});
const onlyTls = (bucket: string): Statement => ({
  Sid: 'OnlyTls',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
const fromTheOffice = (bucket: string): Statement => ({
  ...publicRead(bucket),
  Sid: 'OfficeReads',
  Condition: { IpAddress: { 'aws:SourceIp': '52.95.110.0/24' } },
});

const withAclClosed = (before: BucketState): BucketState => ({
  ...before,
  acl: ['owner FULL_CONTROL'],
  publicAccessBlock: { ...noBlock, BlockPublicAcls: true, IgnorePublicAcls: true },
});
const withPolicy = (before: BucketState, keep: (statement: Statement) => boolean): BucketState => {
  const policy = before.policy as { Statement: Statement[] };
  const statements = policy.Statement.filter(keep);
  return {
    ...before,
    policy: statements.length === 0 ? null : { ...policy, Statement: statements },
    publicAccessBlock: { ...noBlock, BlockPublicPolicy: true },
  };
};

/** Buckets that anyone can read or write. */
const dangerous = {
  'acl-public-read': dangerousBucket('bucket ACL: everybody reads', { acl: 'public-read' }, withAclClosed),
  'acl-public-read-write': dangerousBucket(
    'bucket ACL: all read and write',
    { acl: 'public-read-write' },
    withAclClosed,
  ),
  'acl-authenticated-read': dangerousBucket(
    'bucket ACL: any account reads',
    { acl: 'authenticated-read' },
    withAclClosed,
  ),
  'policy-public-read': dangerousBucket(
    'bucket policy: everybody reads',
    { policy: (bucket) => [publicRead(bucket)] },
    (before) => withPolicy(before, () => false),
  ),
  'policy-nobody-tells-of': {
    ...dangerousBucket(
      'bucket open: no item, no event',
      { policy: (bucket) => [publicRead(bucket)] },
      (before) => withPolicy(before, () => false),
    ),
    lost: ['item', 'event'],
  },
  'policy-public-beside-partner': dangerousBucket(
    'bucket policy: all, a partner',
    { policy: (bucket) => [publicRead(bucket), partnerReads(bucket), onlyTls(bucket)] },
    (before) => withPolicy(before, ({ Sid }) => Sid !== 'EverybodyReads'),
  ),
  'public-website': dangerousBucket(
    'bucket: a public website',
    { website: true, policy: (bucket) => [publicRead(bucket)] },
    (before) => withPolicy(before, () => false),
    true,
  ),
} satisfies Record<string, DangerousKind>;

const harmless = {
  private: harmlessBucket('a private bucket', {}),
  'blocked-by-its-owner': harmlessBucket('a bucket with every block setting on', { publicAccessBlock: true }),
  'policy-for-a-partner': harmlessBucket('a policy for one other account, and a Deny for everybody', {
    policy: (bucket) => [partnerReads(bucket), onlyTls(bucket)],
  }),
  'policy-for-an-address-range': harmlessBucket('a policy for everybody from one fixed address range', {
    policy: (bucket) => [fromTheOffice(bucket)],
  }),
  // The SDK's type lacks this canned ACL, which S3 documents for buckets.
  'log-delivery': harmlessBucket('an ACL for S3 log delivery', {
    acl: 'log-delivery-write' as BucketCannedACL,
  }),
} satisfies Record<string, ResourceKind>;

/** Buckets of the scenario. */
export const buckets = plantedType({
  dangerous,
  harmless,
  plantings: [
    {
      account: 'playground',
      region: 'eu-west-1',
      dangerous: ['acl-public-read', 'policy-public-beside-partner'],
      harmless: ['private', 'policy-for-an-address-range'],
    },
    {
      account: 'playground',
      region: 'us-east-1',
      dangerous: ['public-website'],
      harmless: ['blocked-by-its-owner'],
    },
    {
      account: 'staging',
      region: 'eu-west-1',
      dangerous: ['acl-public-read-write', 'policy-nobody-tells-of'],
      harmless: ['policy-for-a-partner'],
    },
    {
      account: 'nightly',
      region: 'us-east-1',
      dangerous: ['policy-public-read', 'acl-authenticated-read'],
      harmless: ['log-delivery'],
    },
    {
      account: 'payments',
      region: 'eu-west-1',
      dangerous: ['policy-public-beside-partner'],
      harmless: ['policy-for-a-partner'],
    },
    { account: 'storefront', region: 'us-east-1', dangerous: ['acl-public-read'], harmless: ['private'] },
    {
      account: 'legacy',
      region: 'eu-west-1',
      dangerous: ['acl-public-read', 'policy-public-read'],
      harmless: ['private'],
    },
    {
      account: 'analytics',
      region: 'us-east-1',
      dangerous: ['acl-public-read-write'],
      harmless: ['blocked-by-its-owner'],
    },
  ],
  late: { dangerous: ['acl-public-read'], harmless: ['private'] },
});
