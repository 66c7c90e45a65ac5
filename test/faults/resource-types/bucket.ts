import type { Grant } from '@aws-sdk/client-s3';
import { control } from '../../../controls/s3-public-access';
import { bucketAdapter } from '../../../resources/bucket/adapter';
import type { InMemoryAws } from '../aws/in-memory-aws';
import { type BucketState, isPublic } from '../aws/s3/bucket-state';
import type { ResourceType, Variant } from './resource-type';

const name = 'planted-bucket';
const friend = 'f'.repeat(64);
const partner = 'arn:aws:iam::777777777777:root';

const friends: Grant = { Grantee: { Type: 'CanonicalUser', ID: friend }, Permission: 'READ' };
const everybody: Grant = toGroup('AllUsers', 'READ');
const anybody: Grant = toGroup('AuthenticatedUsers', 'READ_ACP');
const worse: Grant = toGroup('AllUsers', 'WRITE');
const harmless: Grant = { Grantee: { Type: 'CanonicalUser', ID: 'e'.repeat(64) }, Permission: 'READ' };

const ours = statement('Ours', { AWS: partner });
const open = statement('Open', '*');
const mixed = statement('Mixed', { AWS: ['*', partner] });

const planted: Record<Variant, Pick<BucketState, 'grants' | 'policy' | 'website'>> = {
  // What settings hide is enough to comply, while it is still there.
  simple: { grants: [friends, everybody], policy: policyOf(ours) },
  several: { grants: [friends, everybody, anybody], policy: policyOf(ours, mixed, open) },
  lossy: {
    grants: [friends],
    policy: policyOf(ours, open),
    website: { IndexDocument: { Suffix: 'index.html' } },
  },
  whole: { grants: [friends], policy: policyOf(open) },
};

const owned = 'grant to ccccc FULL_CONTROL';

const left: Record<Variant, string[]> = {
  simple: [
    'grant to fffff READ',
    owned,
    `policy ${policyOf(ours)}`,
    'block BlockPublicAcls=true IgnorePublicAcls=true BlockPublicPolicy=false RestrictPublicBuckets=false',
  ],
  several: [
    'grant to fffff READ',
    owned,
    `policy ${policyOf(ours, statement('Mixed', { AWS: partner }))}`,
    'block BlockPublicAcls=true IgnorePublicAcls=true BlockPublicPolicy=true RestrictPublicBuckets=false',
  ],
  lossy: [
    'grant to fffff READ',
    owned,
    `policy ${policyOf(ours)}`,
    'block BlockPublicAcls=false IgnorePublicAcls=false BlockPublicPolicy=true RestrictPublicBuckets=false',
    'a website',
  ],
  whole: [
    'grant to fffff READ',
    owned,
    'block BlockPublicAcls=false IgnorePublicAcls=false BlockPublicPolicy=true RestrictPublicBuckets=false',
  ],
};

/** Buckets: policies and ACLs with public and private parts, and a website that nobody would reach any more. */
export const bucket: ResourceType = {
  name: 'bucket',
  identity: (accountId) => ({
    accountId,
    region: 'eu-west-1',
    control: control.id,
    resourceType: control.resourceType,
    resourceId: name,
  }),
  adapter: bucketAdapter(),
  isReplacedWhole: true,
  variants: ['simple', 'several', 'lossy', 'whole'],
  plant(aws, accountId, variant) {
    const { grants, ...rest } = structuredClone(planted[variant]);
    aws.s3.createBucket(name, { accountId, grants, ...rest, tags: [{ Key: 'name', Value: 'planted' }] });
  },
  edit: {
    worsen: (aws, variant) =>
      changed(aws, (state) => {
        const settings = aws.s3.effectiveBlock(state);
        // What the settings refuse, an owner cannot add.
        if (variant !== 'lossy') {
          if (!settings.BlockPublicAcls) addGrant(state, worse);
        } else if (!settings.BlockPublicPolicy) state.policy = policyOf(ours, open, statement('Worse', '*'));
      }),
    mend: (aws) =>
      changed(aws, (state) => {
        state.grants = state.grants.filter((grant) => !isPublic(grant));
        state.policy = policyOf(ours);
      }),
    reopen: (aws, variant) =>
      changed(aws, (state) => {
        const { grants, policy } = structuredClone(planted[variant]);
        state.block = undefined;
        for (const grant of grants) addGrant(state, grant);
        state.policy = policy;
      }),
    unrelated: (aws) => changed(aws, (state) => addGrant(state, harmless)),
  },
  dangers(aws) {
    const { grants = [], policy } = there(aws) ?? {};
    return [...grants.filter(isPublic).map(grantInWords), ...publicStatements(policy)];
  },
  state(aws) {
    const state = there(aws);
    if (!state) return [];
    const { block, policy, website, tags = [] } = state;
    return [
      ...state.grants.map(grantInWords).sort(),
      ...(policy === undefined ? [] : [`policy ${normal(policy)}`]),
      ...(block
        ? [
            `block ${Object.entries(block)
              .map(([key, value]) => `${key}=${value}`)
              .join(' ')}`,
          ]
        : []),
      ...(website ? ['a website'] : []),
      ...tags.map(({ Key, Value }) => `tag ${Key}=${Value}`),
    ];
  },
  fixed: (variant) => [...left[variant], 'tag name=planted'],
  unrelated: [grantInWords(harmless)],
};

function there(aws: InMemoryAws): BucketState | undefined {
  return aws.s3.bucket(name);
}

/** @returns whether the owner's edit changed anything */
function changed(aws: InMemoryAws, edit: (state: BucketState) => void): boolean {
  const before = bucket.state(aws);
  const state = there(aws);
  if (state) edit(state);
  return JSON.stringify(bucket.state(aws)) !== JSON.stringify(before);
}

function addGrant(state: BucketState, grant: Grant): void {
  if (!state.grants.some((other) => grantInWords(other) === grantInWords(grant))) {
    state.grants.push(structuredClone(grant));
  }
}

/** By the names that the scenarios give to public statements. */
function publicStatements(policy: string | undefined): string[] {
  const { Statement = [] } = JSON.parse(policy ?? '{}') as {
    Statement?: { Sid: string; Principal: unknown }[];
  };
  return Statement.filter(({ Principal }) => JSON.stringify(Principal).includes('"*"')).map(
    ({ Sid }) => `statement ${Sid}`,
  );
}

function statement(Sid: string, Principal: unknown): object {
  return { Sid, Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `arn:aws:s3:::${name}/*` };
}

function policyOf(...Statement: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** Without differences that mean nothing: a list of one is as good as the one. */
function normal(policy: string): string {
  return JSON.stringify(JSON.parse(policy), (key, value: unknown) =>
    key !== 'Statement' && Array.isArray(value) && value.length === 1 ? value[0] : value,
  );
}

function toGroup(group: string, Permission: 'READ' | 'WRITE' | 'READ_ACP'): Grant {
  return { Grantee: { Type: 'Group', URI: `http://acs.amazonaws.com/groups/global/${group}` }, Permission };
}

function grantInWords({ Grantee, Permission }: Grant): string {
  const to = Grantee?.URI?.split('/').at(-1) ?? Grantee?.ID?.slice(0, 5);
  return `grant to ${to} ${Permission}`;
}
