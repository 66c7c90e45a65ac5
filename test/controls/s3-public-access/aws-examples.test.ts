import { policyIsPublic } from '../../../sandbox/services/s3/policy-is-public';
import { bucket, evaluated, policy } from '../support/buckets';

/*
 * The bucket policies that AWS's documentation gives as examples, with the page that shows each. Where a page does not
 * say whether its example is public, the rules of "The meaning of public" do. What the sandbox answers in S3's place is held
 * against the same.
 */

const userGuide = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const meaning = `${userGuide}/access-control-block-public-access.html#access-control-block-public-access-policy-status`;
const examples = `${userGuide}/example-bucket-policies.html`;
const conditionKeys = `${userGuide}/amazon-s3-policy-keys.html`;
const accessPoints = `${userGuide}/access-points-policies.html`;
const principals = `${userGuide}/s3-bucket-user-policy-specifying-principal-intro.html`;

const everybody = { AWS: '*' };
const root = 'arn:aws:iam::111122223333:root';
const john = { AWS: ['arn:aws:iam::111122223333:user/JohnDoe'] };

const objects = 'arn:aws:s3:::amzn-s3-demo-bucket/*';
const allow = (Principal: unknown, Action: unknown, Condition?: object) => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource: objects,
  ...(Condition && { Condition }),
});
const deny = (Action: unknown, Condition: object) => ({
  ...allow('*', Action, Condition),
  Effect: 'Deny',
});

type Example = [what: string, source: string, ...statements: object[]];

const publicExamples: Example[] = [
  [
    'a web identity provider, with which anybody can sign in',
    meaning,
    allow({ Federated: 'graph.facebook.com' }, 's3:PutObject'),
  ],
  ['everybody', meaning, allow('*', 's3:PutObject')],
  [
    'a VPC with a wildcard',
    meaning,
    allow('*', 's3:PutObject', { StringLike: { 'aws:SourceVpc': 'vpc-*' } }),
  ],
  [
    'a range broader than /8',
    meaning,
    allow('*', 's3:GetObject', { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }),
  ],
  [
    'any session of a role',
    meaning,
    allow('*', 's3:GetObject', { StringLike: { 'aws:userid': 'AROLEID:*' } }),
  ],
  [
    'everybody, beside a service and an account',
    `${userGuide}/access-control-block-public-access.html#access-control-block-public-access-policy-example`,
    allow({ Service: 'cloudtrail.amazonaws.com' }, 's3:PutObject'),
    allow({ AWS: root }, 's3:GetObject'),
    allow('*', 's3:GetObject'),
  ],
  ['anonymous permissions, as text', principals, allow('*', 's3:GetObject')],
  ['anonymous permissions, as an object', principals, allow(everybody, 's3:GetObject')],
  [
    'a website',
    `${userGuide}/WebsiteAccessPermissionsReqd.html`,
    { Sid: 'PublicReadGetObject', ...allow('*', ['s3:GetObject']) },
  ],
  [
    'a referer, which anybody can claim',
    `${examples}#example-bucket-policies-HTTP-HTTPS-2`,
    allow('*', ['s3:GetObject', 's3:GetObjectVersion'], {
      StringLike: { 'aws:Referer': ['http://www.example.com/*', 'http://example.com/*'] },
    }),
  ],
  [
    'everybody, with multi-factor authentication asked of a folder alone',
    `${examples}#example-bucket-policies-MFA`,
    deny('s3:*', { Null: { 'aws:MultiFactorAuthAge': true } }),
    deny('s3:*', { NumericGreaterThan: { 'aws:MultiFactorAuthAge': 3600 } }),
    allow('*', ['s3:GetObject']),
  ],
  [
    'a minimum version of TLS',
    `${conditionKeys}#example-object-tls-version`,
    allow('*', 's3:PutObject', { NumericGreaterThan: { 's3:TlsVersion': 1.1 } }),
  ],
  [
    'organizational units with a wildcard',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths',
    allow('*', 's3:GetObject', {
      'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*'] },
    }),
  ],
];

const harmlessExamples: Example[] = [
  ['a role', meaning, allow({ AWS: 'arn:aws:iam::111122223333:role/JohnDoe' }, 's3:GetObject')],
  ['a VPC', meaning, allow('*', 's3:PutObject', { StringEquals: { 'aws:SourceVpc': 'vpc-91237329' } })],
  ['an address', meaning, allow('*', 's3:GetObject', { IpAddress: { 'aws:SourceIp': '192.168.1.1/32' } })],
  [
    "any access point of an account's Region",
    meaning,
    allow('*', 's3:GetObject', {
      ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:us-west-2:123456789012:accesspoint/*' },
    }),
  ],
  [
    'a service and an account, without the public statement',
    `${userGuide}/access-control-block-public-access.html#access-control-block-public-access-policy-example`,
    allow({ Service: 'cloudtrail.amazonaws.com' }, 's3:PutObject'),
    allow({ AWS: root }, 's3:GetObject'),
  ],
  ['accounts', principals, allow({ AWS: [root, 'arn:aws:iam::444455556666:root'] }, 's3:GetObject')],
  [
    'a canonical user',
    principals,
    allow({ CanonicalUser: '79a59df900b949e55d96a1e698fbaced' }, 's3:GetObject'),
  ],
  ['a user', principals, allow({ AWS: 'arn:aws:iam::111122223333:user/username' }, 's3:GetObject')],
  [
    'accounts that may make objects public',
    `${examples}#example-bucket-policies-acl-1`,
    allow({ AWS: [root, 'arn:aws:iam::444455556666:root'] }, ['s3:PutObject', 's3:PutObjectAcl'], {
      StringEquals: { 's3:x-amz-acl': ['public-read'] },
    }),
  ],
  [
    'an account by its number',
    `${examples}#example-bucket-policies-acl-2`,
    allow({ AWS: '111122223333' }, 's3:PutObject', {
      StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
    }),
  ],
  [
    'a key that must be used',
    `${examples}#example-bucket-policies-encryption-2`,
    deny('s3:PutObject', {
      ArnNotEqualsIfExists: {
        's3:x-amz-server-side-encryption-aws-kms-key-id':
          'arn:aws:kms:us-east-2:111122223333:key/01234567-89ab-cdef-0123-456789abcdef',
      },
    }),
  ],
  [
    'a user and tags',
    `${examples}#example-bucket-policies-tagging-2`,
    allow(john, ['s3:PutObjectTagging'], {
      'ForAnyValue:StringEquals': { 's3:RequestObjectTagKeys': ['Owner', 'CreationDate'] },
    }),
  ],
  [
    'server access logs',
    `${examples}#example-bucket-policies-global-condition-keys-1`,
    allow({ Service: 'logging.s3.amazonaws.com' }, 's3:PutObject', {
      StringEquals: { 'aws:SourceAccount': '111111111111' },
      ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::EXAMPLE-SOURCE-BUCKET' },
    }),
    deny('s3:PutObject', {
      'ForAllValues:StringNotEquals': { 'aws:PrincipalServiceNamesList': 'logging.s3.amazonaws.com' },
    }),
  ],
  [
    'an organization',
    `${examples}#example-bucket-policies-global-condition-keys-2`,
    allow(everybody, 's3:GetObject', { StringEquals: { 'aws:PrincipalOrgID': ['o-aa111bb222'] } }),
  ],
  [
    'nobody outside of a range',
    `${examples}#example-bucket-policies-IP-1`,
    deny('s3:*', { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }),
  ],
  [
    'ranges of both families, but for a part of them',
    `${examples}#example-bucket-policies-IP-2`,
    allow('*', 's3:*', {
      IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '2001:DB8:1234:5678::/64'] },
      NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:DB8:1234:5678:ABCD::/80'] },
    }),
  ],
  [
    'nobody without TLS',
    `${examples}#example-bucket-policies-use-case-HTTP-HTTPS-1`,
    deny('s3:*', { Bool: { 'aws:SecureTransport': 'false' } }),
  ],
  [
    "a user's folder",
    `${examples}#example-bucket-policies-folders-1`,
    allow(john, ['s3:ListBucket'], { StringLike: { 's3:prefix': ['home/JohnDoe/*'] } }),
    allow(john, ['s3:*']),
  ],
  [
    'logs of a load balancer',
    `${examples}#example-bucket-policies-access-logs-1`,
    allow({ Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }, 's3:PutObject'),
  ],
  [
    "CloudFront's origin access identity",
    `${examples}#example-bucket-policies-cloudfront-1`,
    allow(
      { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC' },
      's3:GetObject',
    ),
  ],
  [
    "CloudFront's origin access control",
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
    allow({ Service: 'cloudfront.amazonaws.com' }, 's3:GetObject', {
      StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE' },
    }),
  ],
  [
    'Storage Lens',
    `${examples}#example-bucket-policies-lens-1`,
    allow({ Service: 'storage-lens.s3.amazonaws.com' }, 's3:PutObject', {
      StringEquals: {
        's3:x-amz-acl': 'bucket-owner-full-control',
        'aws:SourceAccount': '111122223333',
        'aws:SourceArn': 'arn:aws:s3:eu-west-1:111122223333:storage-lens/dashboard',
      },
    }),
  ],
  [
    'inventory and analytics',
    `${examples}#example-bucket-policies-s3-inventory-1`,
    allow({ Service: 's3.amazonaws.com' }, 's3:PutObject', {
      ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::amzn-s3-demo-source-bucket' },
      StringEquals: { 'aws:SourceAccount': '111122223333', 's3:x-amz-acl': 'bucket-owner-full-control' },
    }),
  ],
  [
    'one user, and a Deny for all others',
    `${examples}#example-bucket-policies-s3-inventory-2`,
    allow({ AWS: ['arn:aws:iam::111122223333:user/Ana'] }, ['s3:GetObject']),
    {
      ...deny(['s3:GetObject'], {
        ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:user/Ana' },
      }),
      Principal: everybody,
    },
  ],
  [
    'nobody without multi-factor authentication',
    `${examples}#example-bucket-policies-MFA`,
    deny('s3:*', { Null: { 'aws:MultiFactorAuthAge': true } }),
  ],
  [
    'nobody outside of a VPC endpoint',
    `${userGuide}/example-bucket-policies-vpc-endpoint.html#example-bucket-policies-restrict-accesss-vpc-endpoint`,
    deny('s3:*', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }),
  ],
  [
    'nobody outside of a VPC',
    `${userGuide}/example-bucket-policies-vpc-endpoint.html#example-bucket-policies-restrict-access-vpc`,
    deny('s3:*', { StringNotEquals: { 'aws:SourceVpc': 'vpc-111bbb22' } }),
  ],
  [
    'a user of another account, with a Deny beside',
    `${conditionKeys}#grant-putobject-conditionally-1`,
    allow({ AWS: 'arn:aws:iam::444455556666:user/Dave' }, 's3:PutObject', {
      StringEquals: { 's3:x-amz-grant-full-control': 'id=AccountA-CanonicalUserID' },
    }),
    deny('s3:PutObject', {
      StringNotEquals: { 's3:x-amz-grant-full-control': 'id=AccountA-CanonicalUserID' },
    }),
  ],
  [
    'nobody with an old version of TLS',
    `${conditionKeys}#example-object-tls-version`,
    deny('s3:PutObject', { NumericLessThan: { 's3:TlsVersion': 1.2 } }),
  ],
  [
    "an account's access points, to which access control is delegated",
    `${accessPoints}#access-points-delegating-control`,
    allow(everybody, '*', { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } }),
  ],
  [
    'nobody but through access points of a VPC',
    `${accessPoints}#access-points-policy-examples`,
    deny(['s3:GetObject', 's3:PutObject'], { StringNotEquals: { 's3:AccessPointNetworkOrigin': 'VPC' } }),
  ],
  [
    'replication from another account',
    `${userGuide}/setting-repl-config-perm-overview.html`,
    allow({ AWS: 'arn:aws:iam::444455556666:role/service-role/source-account-IAM-role' }, [
      's3:ReplicateDelete',
      's3:ReplicateObject',
    ]),
  ],
  [
    'CloudTrail',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html',
    allow({ Service: 'cloudtrail.amazonaws.com' }, 's3:GetBucketAcl', {
      StringEquals: { 'aws:SourceArn': 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/trail' },
    }),
  ],
  [
    'flow logs',
    'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html',
    allow({ Service: 'delivery.logs.amazonaws.com' }, 's3:PutObject', {
      StringEquals: { 'aws:SourceAccount': '111122223333', 's3:x-amz-acl': 'bucket-owner-full-control' },
      ArnLike: { 'aws:SourceArn': 'arn:aws:logs:eu-west-1:111122223333:*' },
    }),
  ],
];

const verdictOn = (statements: object[]) => evaluated(bucket({ Policy: policy(...statements) })).compliance;

describe("AWS's examples of bucket policies", () => {
  it.each(publicExamples)('public: %s (%s)', (_what, _source, ...statements) => {
    expect(verdictOn(statements)).toBe('NON_COMPLIANT');
    expect(policyIsPublic(JSON.stringify(policy(...statements)))).toBe(true);
  });

  it.each(harmlessExamples)('not public: %s (%s)', (_what, _source, ...statements) => {
    expect(verdictOn(statements)).toBe('COMPLIANT');
    expect(policyIsPublic(JSON.stringify(policy(...statements)))).toBe(false);
  });

  it('takes the web identity provider from a principal, and keeps the provider that an account has of its own', () => {
    const own = 'arn:aws:iam::111122223333:saml-provider/office';
    const { violations } = evaluated(
      bucket({
        Policy: policy(
          allow({ Federated: own }, '*'),
          allow({ Federated: [own, 'accounts.google.com'] }, '*'),
        ),
      }),
    );

    expect(violations.map(({ detail }) => detail.index)).toEqual([1]);
  });
});
