import { RefusedError, ResourceInputError } from '../../../core/errors';
import {
  allUsers,
  authenticatedUsers,
  bucket,
  evaluated,
  grant,
  policy,
  statement,
} from '../support/buckets';

const withPolicy = (...statements: object[]) => bucket({ Policy: JSON.stringify(policy(...statements)) });

describe('a bucket policy', () => {
  // The examples of "The meaning of public" are cases of their own:
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
  it.each([
    ["AWS's example: everybody may put", statement({ Action: 's3:PutObject', Resource: '*' })],
    [
      "AWS's example: a VPC with a wildcard",
      statement({ Condition: { StringLike: { 'aws:SourceVpc': 'vpc-*' } } }),
    ],
    ['everybody as AWS principal', statement({ Principal: { AWS: '*' } })],
    [
      'everybody in a list with names',
      statement({ Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] } }),
    ],
    [
      'everybody beside a service',
      statement({ Principal: { Service: 'cloudtrail.amazonaws.com', AWS: '*' } }),
    ],
    [
      'NotPrincipal',
      statement({ Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } }),
    ],
    ['a principal with a wildcard', statement({ Principal: { AWS: 'arn:aws:iam::*:root' } })],
    ['a very broad range', statement({ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } })],
    ['a /7', statement({ Condition: { IpAddress: { 'aws:SourceIp': '52.0.0.0/7' } } })],
    [
      'an IPv6 range broader than /32',
      statement({ Condition: { IpAddress: { 'aws:SourceIp': '2a00::/31' } } }),
    ],
    [
      'one broad range among narrow ones',
      statement({ Condition: { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '0.0.0.0/0'] } } }),
    ],
    ['an address with a wildcard', statement({ Condition: { StringLike: { 'aws:SourceIp': '198.51.*' } } })],
    ['a negated range', statement({ Condition: { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } })],
    [
      'a negated account',
      statement({ Condition: { StringNotEquals: { 'aws:SourceAccount': '111122223333' } } }),
    ],
    [
      'a negated ARN',
      statement({ Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:root' } } }),
    ],
    [
      'ForAllValues, which holds without the key',
      statement({ Condition: { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }),
    ],
    [
      'IfExists, which holds without the key',
      statement({ Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }),
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is IAM's syntax, not JavaScript's.
    ['a policy variable', statement({ Condition: { StringEquals: { 'aws:userid': '${aws:userid}' } } })],
    [
      'a role session of any name',
      statement({ Condition: { StringLike: { 'aws:userid': 'AROAEXAMPLEID:*' } } }),
    ],
    [
      'one wildcard among fixed values',
      statement({ Condition: { StringLike: { 'aws:SourceVpce': ['vpce-1a2b3c4d', 'vpce-*'] } } }),
    ],
    [
      'a key that says nothing of who',
      statement({ Condition: { StringEquals: { 'aws:Referer': 'https://example.com/' } } }),
    ],
    ['encryption in transit', statement({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
    ['the presence of a key', statement({ Condition: { Null: { 'aws:SourceVpc': 'false' } } })],
    [
      'an access point of any account',
      statement({ Condition: { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:*:accesspoint/*' } } }),
    ],
    ['an empty condition', statement({ Condition: {} })],
    ['no value', statement({ Condition: { StringEquals: { 'aws:SourceVpc': [] } } })],
  ])('is public: %s', (_name, publicStatement) => {
    expect(evaluated(withPolicy(publicStatement)).compliance).toBe('NON_COMPLIANT');
  });

  it.each([
    [
      "AWS's example: a fixed VPC",
      statement({ Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-91237329' } } }),
    ],
    [
      "AWS's example: CloudTrail as service principal",
      statement({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' }),
    ],
    ['a named account', statement({ Principal: { AWS: '111122223333' } })],
    [
      'named roles',
      statement({
        Principal: { AWS: ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/b'] },
      }),
    ],
    ['a canonical user', statement({ Principal: { CanonicalUser: '79a59df900b949e5' } })],
    ['a Deny for everybody', statement({ Effect: 'Deny' })],
    [
      'a Deny with NotPrincipal',
      statement({ Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: '*' } }),
    ],
    [
      'the organization',
      statement({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }),
    ],
    [
      'the organization, key in other letters',
      statement({ Condition: { StringEquals: { 'AWS:principalorgid': ['o-abcdefghij'] } } }),
    ],
    [
      'an office',
      statement({ Condition: { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '2001:db8:1::/48'] } } }),
    ],
    ['a single address', statement({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.7' } } })],
    ['a /8', statement({ Condition: { IpAddress: { 'aws:SourceIp': '52.0.0.0/8' } } })],
    [
      'private addresses',
      statement({ Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', 'fc00::/7'] } } }),
    ],
    [
      'ForAnyValue, which needs the key',
      statement({ Condition: { 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgPaths': 'o-a/r-b/ou-c/' } } }),
    ],
    [
      'a source ARN',
      statement({ Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:t' } } }),
    ],
    ['a source account', statement({ Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } })],
    ['a source owner', statement({ Condition: { StringEquals: { 'aws:SourceOwner': '111122223333' } } })],
    [
      'a VPC endpoint with StringLike',
      statement({ Condition: { StringLike: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } } }),
    ],
    ['a user id', statement({ Condition: { StringEquals: { 'aws:userid': 'AIDAEXAMPLEID' } } })],
    [
      'any access point of an account',
      statement({
        Condition: {
          ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:eu-west-1:111122223333:accesspoint/*' },
        },
      }),
    ],
    [
      "an account's access points",
      statement({ Condition: { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } } }),
    ],
    [
      'one fixed key among others',
      statement({
        Condition: {
          Bool: { 'aws:SecureTransport': 'true' },
          StringEquals: { 'aws:Referer': 'x', 'aws:SourceVpc': 'vpc-1' },
        },
      }),
    ],
  ])('is not public: %s', (_name, harmless) => {
    expect(evaluated(withPolicy(harmless))).toEqual({ compliance: 'COMPLIANT', violations: [] });
  });

  it('may have its only statement as an object', () => {
    expect(evaluated(bucket({ Policy: { Statement: statement() } })).compliance).toBe('NON_COMPLIANT');
  });

  it('is judged statement by statement', () => {
    const { violations } = evaluated(
      withPolicy(
        statement({ Effect: 'Deny' }),
        statement({ Sid: 'Everyone' }),
        statement({ Principal: { AWS: '111122223333' } }),
      ),
    );

    expect(violations.map(({ kind, text, detail }) => [kind, text, detail.index])).toEqual([
      ['public-policy', "The policy's statement 2 (Everyone) allows everybody s3:GetObject.", 1],
    ]);
  });

  it.each([
    ['text that is no JSON', '{'],
    ['no object', '[]'],
    ['no statement', '{}'],
    ['a statement that is text', '{"Statement":"Allow"}'],
    ['an effect of its own', '{"Statement":{"Effect":"Maybe","Principal":"*"}}'],
    ['no principal', '{"Statement":{"Effect":"Allow"}}'],
    ['a principal that is a number', '{"Statement":{"Effect":"Allow","Principal":{"AWS":1}}}'],
    ['a condition that is text', '{"Statement":{"Effect":"Allow","Principal":"*","Condition":"always"}}'],
    [
      'a condition value that is an object',
      '{"Statement":{"Effect":"Allow","Principal":"*","Condition":{"StringEquals":{"aws:userid":{}}}}}',
    ],
  ])('with %s is an input error', (_name, Policy) => {
    expect(() => evaluated(bucket({ Policy }))).toThrow(ResourceInputError);
  });
});

describe("S3's own verdict on the policy", () => {
  it.each([
    [statement(), false, 'not public, and Staunch reads it as public'],
    [statement({ Principal: { AWS: '111122223333' } }), true, 'public, and Staunch reads it as not public'],
  ])('makes the evaluation refuse when it is another', (one, IsPublic, words) => {
    const disputed = bucket({ Policy: policy(one), PolicyStatus: { IsPublic } });

    expect(() => evaluated(disputed)).toThrow(RefusedError);
    expect(() => evaluated(disputed)).toThrow(words);
  });

  it('is compared with the policy alone, before block settings', () => {
    const blocked = bucket({
      Policy: policy(statement()),
      PolicyStatus: { IsPublic: true },
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
    });

    expect(evaluated(blocked).compliance).toBe('COMPLIANT');
  });

  it('changes nothing where it agrees, or is missing', () => {
    expect(
      evaluated(bucket({ Policy: policy(statement()), PolicyStatus: { IsPublic: true } })).compliance,
    ).toBe('NON_COMPLIANT');
    expect(evaluated(bucket({ Policy: policy(statement()), PolicyStatus: {} })).compliance).toBe(
      'NON_COMPLIANT',
    );
  });
});

describe("a bucket's ACL", () => {
  const owner = grant('79a59df900b949e5', 'FULL_CONTROL');

  it('is public through every grant to everybody, each a violation', () => {
    const open = bucket({
      Grants: [
        owner,
        grant(allUsers, 'READ'),
        grant(allUsers, 'WRITE'),
        grant(authenticatedUsers, 'READ_ACP'),
      ],
    });

    expect(evaluated(open).violations.map(({ text }) => text)).toEqual([
      'The ACL grants READ to everybody.',
      'The ACL grants WRITE to everybody.',
      'The ACL grants READ_ACP to everybody with an AWS account.',
    ]);
  });

  it.each([
    ['nobody but its owner', [owner]],
    ['the log delivery group', [owner, grant('http://acs.amazonaws.com/groups/s3/LogDelivery', 'WRITE')]],
    [
      'a group that does not exist',
      [grant('http://acs.amazonaws.com/groups/global/AllAuthenticatedUsers', 'READ')],
    ],
    ['another account', [owner, grant('0123456789abcdef', 'READ')]],
  ])('is not public when it names %s', (_name, Grants) => {
    expect(evaluated(bucket({ Grants })).compliance).toBe('COMPLIANT');
  });
});

describe('block settings', () => {
  const open = { Grants: [grant(allUsers, 'READ')], Policy: policy(statement()) };

  it.each([
    ['IgnorePublicAcls', ['public-policy']],
    ['RestrictPublicBuckets', ['public-acl']],
    ['BlockPublicAcls', ['public-acl', 'public-policy']],
    ['BlockPublicPolicy', ['public-acl', 'public-policy']],
  ])('%s leaves %j, at the bucket and at the account', (setting, kinds) => {
    for (const level of ['PublicAccessBlockConfiguration', 'AccountPublicAccessBlockConfiguration']) {
      const { violations } = evaluated(bucket({ ...open, [level]: { [setting]: true } }));

      expect(violations.map(({ kind }) => kind)).toEqual(kinds);
    }
  });

  it('count like an ACL that is switched off by BucketOwnerEnforced', () => {
    const enforced = { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } };
    const preferred = { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } };

    expect(evaluated(bucket({ Grants: open.Grants, ...enforced })).compliance).toBe('COMPLIANT');
    expect(evaluated(bucket({ Grants: open.Grants, ...preferred })).compliance).toBe('NON_COMPLIANT');
  });
});

it('a condition does not restrict a statement that another one leaves open', () => {
  expect(
    evaluated(
      withPolicy(statement({ Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }), statement()),
    ).compliance,
  ).toBe('NON_COMPLIANT');
});
