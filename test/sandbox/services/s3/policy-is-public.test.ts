import fc from 'fast-check';
import { policyRules } from '../../../../controls/s3-public-access/danger';
import { publicStatements } from '../../../../resources/kit/policy/public-statements';
import { readPolicy } from '../../../../resources/kit/policy/resource-policy';
import { policyIsPublic } from '../../../../sandbox/services/s3/policy-is-public';
import { runsOf } from '../../../support/property-runs';

const partner = 'arn:aws:iam::444455556666:root';
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const statement = (Principal: unknown, Condition?: object, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::photos/*',
  ...(Condition && { Condition }),
  ...more,
});

const principals = fc.constantFrom<unknown>(
  '*',
  { AWS: '*' },
  { AWS: [partner, '*'] },
  { AWS: partner },
  { AWS: [partner] },
  { Service: 'cloudtrail.amazonaws.com' },
  { Federated: 'graph.facebook.com' },
  { Federated: 'arn:aws:iam::111122223333:saml-provider/office' },
  { AWS: partner, Federated: 'accounts.google.com' },
);
const texts = fc.constantFrom(
  ...[
    'vpc-1',
    'vpc-*',
    '*',
    '?',
    '111122223333',
    '1111*',
    'o-exampleorg1',
    'AROLEID:*',
    '$' + '{aws:username}',
  ],
  ...[
    'arn:aws:sns:eu-west-1:111122223333:news',
    'arn:aws:sns:eu-west-1:111122223333:*',
    'arn:aws:iam::*:role/a',
  ],
);
const textKeys = fc.constantFrom(
  ...[
    'aws:SourceVpc',
    'aws:sourceVpce',
    'aws:SourceAccount',
    'aws:SourceOwner',
    'aws:SourceArn',
    'aws:userid',
  ],
  ...['aws:PrincipalOrgID', 'aws:PrincipalAccount', 'aws:PrincipalArn', 's3:DataAccessPointAccount'],
  ...['aws:Referer', 'aws:UserAgent', 'aws:PrincipalTag/team', 's3:prefix'],
);
const textOperators = fc.constantFrom(
  ...['StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'ArnLike', 'ArnEquals'],
  ...['StringNotEquals', 'StringNotLike', 'ArnNotLike', 'StringEqualsIfExists', 'StringLikeIfExists'],
  ...['ForAnyValue:StringEquals', 'ForAnyValue:StringLike', 'ForAllValues:StringEquals'],
);
const ranges = fc.oneof(
  fc.constantFrom('0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/8', '10.0.0.0/7', '172.16.0.0/12'),
  fc.constantFrom(
    '52.95.110.0/24',
    '52.0.0.0/8',
    '52.0.0.0/7',
    '203.0.113.7',
    '::/0',
    'fc00::/7',
    'fd00::/8',
  ),
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, length]) => `${address}/${length}`),
  fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([address, length]) => `${address}/${length}`),
);
const several = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }) as fc.Arbitrary<T | T[]>);
const conditions = fc.oneof(
  fc.tuple(textOperators, textKeys, several(texts)).map(([operator, key, value]) => ({
    [operator]: { [key]: value },
  })),
  fc
    .tuple(fc.constantFrom('IpAddress', 'NotIpAddress', 'IpAddressIfExists'), several(ranges))
    .map(([operator, value]) => ({ [operator]: { 'aws:SourceIp': value } })),
  fc.constantFrom(
    { Bool: { 'aws:SecureTransport': 'true' } },
    { Null: { 'aws:PrincipalOrgID': 'false' } },
    { Null: { 'aws:SourceVpc': 'true' } },
    { StringLike: { 's3:DataAccessPointArn': 'arn:aws:s3:eu-west-1:111122223333:accesspoint/*' } },
    { StringLike: { 's3:DataAccessPointArn': 'arn:aws:s3:eu-west-1:*:accesspoint/a' } },
  ),
);

const statements = fc
  .tuple(
    principals,
    fc.array(conditions, { maxLength: 2 }),
    fc.constantFrom({}, {}, {}, { Effect: 'Deny' }),
    fc.boolean(),
  )
  .map(([principal, [one, other], more, isNot]) => {
    const made = statement(principal, { ...one, ...other }, more);
    if (!isNot || principal !== '*') return made;
    const { Principal: _principal, ...rest } = made;
    return { ...rest, NotPrincipal: { AWS: partner } };
  });

describe('what the sandbox answers as GetBucketPolicyStatus', () => {
  it('is what a control reads in the policy, though neither asks the other', () => {
    fc.assert(
      fc.property(statements, (one) => {
        const text = policyOf(one);
        expect(policyIsPublic(text)).toBe(
          publicStatements(readPolicy(text, 'Policy'), policyRules).length > 0,
        );
      }),
      { seed: 20_261_126, numRuns: runsOf(20_000) },
    );
  });

  it.each<[string, boolean, unknown, object?]>([
    ['everybody', true, '*'],
    ['everybody from half of the internet', true, '*', { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }],
    ['everybody from a private network', false, '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }],
    ['everybody with a word that he may say', true, '*', { StringEquals: { 'aws:Referer': 'secret' } }],
    ['everybody in an organization', false, '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } }],
    [
      'everybody in an organization, if he is in any',
      true,
      '*',
      { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
    ],
    ['another account', false, { AWS: partner }],
  ])('lets in %s: %s', (...[, isPublic, principal, condition]) => {
    expect(policyIsPublic(policyOf(statement(principal, condition)))).toBe(isPublic);
  });
});
