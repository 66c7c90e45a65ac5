import type { Grant, PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import fc from 'fast-check';

type Statement = Record<string, unknown>;

/** A statement of a random policy, and what a fix must leave of it; judged by hand, not by the control. */
interface KnownStatement {
  statement: Statement;
  /** The statement itself where it is harmless; undefined where nothing of it may stay. */
  left: Statement | undefined;
}

/** A bucket that a test plants. */
export interface RandomBucket {
  grants: Grant[];
  /** Undefined where the bucket has no policy. */
  policy: Record<string, unknown> | undefined;
  known: KnownStatement[];
  /** Undefined where the bucket has no settings of its own. */
  block: Required<PublicAccessBlockConfiguration> | undefined;
  website: boolean;
  ownership: 'ObjectWriter' | 'BucketOwnerPreferred' | 'BucketOwnerEnforced';
}

/** Stands for the bucket's name in a random policy; `forBucket` puts the name in. */
const nameHere = 'BUCKET-NAME';

const partner = 'arn:aws:iam::444455556666:root';
const reader = 'arn:aws:iam::444455556666:role/reader';
const canonicalUser = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';

const allow = (overrides: Statement): Statement => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${nameHere}/*`,
  ...overrides,
});
const harmless = (statement: Statement): KnownStatement => ({ statement, left: statement });
const open = (statement: Statement): KnownStatement => ({ statement, left: undefined });
const limited = (Condition: Statement) => harmless(allow({ Condition }));
const unlimited = (Condition: Statement) => open(allow({ Condition }));

const harmlessStatements: readonly KnownStatement[] = [
  harmless(allow({ Sid: 'Partner', Principal: { AWS: partner } })),
  harmless(allow({ Principal: { AWS: [partner, reader] }, Action: ['s3:GetObject', 's3:PutObject'] })),
  harmless(allow({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' })),
  harmless(allow({ Sid: 'NoDeletion', Effect: 'Deny', Action: 's3:DeleteObject' })),
  harmless(
    allow({ Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: partner }, Action: 's3:PutObject' }),
  ),
  limited({ StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } }),
  limited({ IpAddress: { 'aws:SourceIp': ['52.95.110.0/24', '2a01:4f8::/40'] } }),
  limited({ StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' }, Bool: { 'aws:SecureTransport': 'true' } }),
  harmless(
    allow({
      Principal: { AWS: ['*', partner] },
      Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:444455556666:topic' } },
    }),
  ),
];

const publicStatements: readonly KnownStatement[] = [
  open(allow({ Sid: 'Everybody' })),
  open(allow({ Principal: { AWS: '*' }, Action: ['s3:GetObject', 's3:ListBucket'] })),
  open(allow({ Principal: undefined, NotPrincipal: { AWS: partner } })),
  unlimited({ StringNotEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' } }),
  unlimited({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }),
  unlimited({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }),
  unlimited({ StringLike: { 'aws:Referer': 'https://example.com/*' } }),
];

const mixedStatements: readonly KnownStatement[] = [
  {
    statement: allow({ Sid: 'Mixed', Principal: { AWS: ['*', partner, reader] } }),
    left: allow({ Sid: 'Mixed', Principal: { AWS: [partner, reader] } }),
  },
  {
    statement: allow({ Principal: { AWS: '*', CanonicalUser: canonicalUser } }),
    left: allow({ Principal: { CanonicalUser: canonicalUser } }),
  },
  {
    statement: allow({ Principal: { AWS: ['*'], Service: ['delivery.logs.amazonaws.com'] } }),
    left: allow({ Principal: { Service: ['delivery.logs.amazonaws.com'] } }),
  },
];

const publicGroups = [
  'http://acs.amazonaws.com/groups/global/AllUsers',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
];

const grantees = fc.constantFrom<Grant['Grantee']>(
  ...publicGroups.map((URI) => ({ Type: 'Group', URI }) as const),
  { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' },
  { Type: 'CanonicalUser', ID: canonicalUser },
);
const permissions = fc.constantFrom<Grant['Permission']>(
  'READ',
  'WRITE',
  'READ_ACP',
  'WRITE_ACP',
  'FULL_CONTROL',
);
const someGrants = fc.uniqueArray(
  fc.record({ Grantee: grantees, Permission: permissions }) as fc.Arbitrary<Grant>,
  { maxLength: 6, selector: nameOfGrant },
);
const grants = fc.oneof(fc.constant<Grant[]>([]), someGrants);

const known = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...harmlessStatements) },
    { weight: 1, arbitrary: fc.constantFrom(...publicStatements) },
    { weight: 1, arbitrary: fc.constantFrom(...mixedStatements) },
  ),
  { maxLength: 5 },
);

const rarely = fc.nat(5).map((number) => number === 0);
const settings = fc.option(
  fc.record({
    BlockPublicAcls: rarely,
    IgnorePublicAcls: rarely,
    BlockPublicPolicy: rarely,
    RestrictPublicBuckets: rarely,
  }),
  { nil: undefined, freq: 1 },
);

/** A random bucket. A policy of one statement has it as an object or in a list. */
export const randomBuckets: fc.Arbitrary<RandomBucket> = fc
  .record({
    grants,
    known,
    isSingle: fc.boolean(),
    hasId: fc.boolean(),
    block: settings,
    website: rarely,
    ownership: fc.constantFrom('ObjectWriter', 'BucketOwnerPreferred'),
    isEnforced: fc.boolean(),
  })
  .map(({ isSingle, hasId, isEnforced, ...bucket }) => {
    const statements = bucket.known.map(({ statement }) => statement);
    const [only] = statements;
    const Statement = statements.length === 1 && isSingle ? only : statements;
    const policy = { Version: '2012-10-17', ...(hasId && { Id: 'random' }), Statement };
    return {
      ...bucket,
      policy: only === undefined ? undefined : policy,
      // S3 lets nobody but the owner be granted anything then.
      ownership: isEnforced && bucket.grants.length === 0 ? 'BucketOwnerEnforced' : bucket.ownership,
    };
  });

/** The same with the bucket's name in its policy, and without parts that are undefined. */
export function forBucket<Part>(part: Part, name: string): Part {
  return part === undefined ? part : JSON.parse(JSON.stringify(part).replaceAll(nameHere, name));
}

/** `http://…/AllUsers READ`, or by the id of a user. */
export function nameOfGrant({ Grantee, Permission }: Grant): string {
  return `${Grantee?.URI ?? Grantee?.ID} ${Permission}`;
}

/** Whether a grant is to everybody, or to everybody with an AWS account. */
export function isPublicGrant({ Grantee }: Grant): boolean {
  return Grantee?.URI !== undefined && publicGroups.includes(Grantee.URI);
}

const noBlock = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

/** What makes a bucket dangerous, after its own settings. */
export function dangersOf({ grants: all, known: statements, block = noBlock }: RandomBucket): {
  byAcl: boolean;
  byPolicy: boolean;
} {
  return {
    byAcl: !block.IgnorePublicAcls && all.some(isPublicGrant),
    byPolicy: !block.RestrictPublicBuckets && statements.some(({ statement, left }) => statement !== left),
  };
}

/** What the bucket must be after a fix of what is dangerous. */
export function healed(bucket: RandomBucket): Pick<RandomBucket, 'grants' | 'policy' | 'block'> {
  const { byAcl, byPolicy } = dangersOf(bucket);
  const { block = noBlock, policy, known: statements } = bucket;
  const left = statements.flatMap(({ left: one }) => one ?? []);
  return {
    grants: byAcl ? bucket.grants.filter((grant) => !isPublicGrant(grant)) : bucket.grants,
    policy: byPolicy ? (left.length === 0 ? undefined : { ...policy, Statement: left }) : policy,
    block: {
      ...block,
      ...(byAcl && { BlockPublicAcls: true, IgnorePublicAcls: true }),
      ...(byPolicy && { BlockPublicPolicy: true }),
    },
  };
}

/**
 * A policy in the form in which it can be compared by its meaning: a list of one is the same as the one, also of statements:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function meaningOf(policy: unknown): unknown {
  if (Array.isArray(policy)) return policy.length === 1 ? meaningOf(policy[0]) : policy.map(meaningOf);
  if (typeof policy !== 'object' || policy === null) return policy;
  return Object.fromEntries(Object.entries(policy).map(([key, part]) => [key, meaningOf(part)]));
}
