import type { JsonObject } from '../../../../core/json';
import type { DocumentRules } from '../../../../resources/kit/policy/document-rules';
import { publicStatements } from '../../../../resources/kit/policy/public-statements';
import { readPolicy } from '../../../../resources/kit/policy/resource-policy';
import { keyService, own, rulesWith } from './service-rules';

const organization = { 'aws:PrincipalOrgID': 'o-exampleorg1' };

/** A policy variable, as a policy writes it. */
const variable = (name: string) => `\${${name}}`;

/** Whether a statement for everybody with this condition is public. */
function isOpen(Condition: JsonObject, more: Partial<DocumentRules> = {}): boolean {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*', Condition };
  return publicStatements(readPolicy({ Statement: [statement] }, 'Policy'), rulesWith(more)).length > 0;
}

describe('a condition limits everybody', () => {
  it.each<[string, JsonObject]>([
    ['to an organization', { StringEquals: organization }],
    ['whatever the case of operator and key', { stringequals: { 'AWS:principalorgid': 'o-exampleorg1' } }],
    [
      'to a path in an organization',
      { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-ab12-1/*' } },
    ],
    ['to sources in an organization', { StringEquals: { 'aws:SourceOrgID': 'o-exampleorg1' } }],
    ['to paths of sources', { 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': ['o-a1b2c3d4e5/*'] } }],
    ['to the endpoints of an account', { StringEquals: { 'aws:VpceAccount': own } }],
    ['to an ARN with a fixed account', { ArnLike: { 'aws:SourceArn': 'arn:aws:*:*:444455556666:*' } }],
    [
      'to an ARN with a fixed account before wildcards',
      { StringLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:444455556666:*' } },
    ],
    ['to roles of an account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/*' } }],
    ["to a bucket's ARN, which has no account", { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::photos' } }],
    ['to a bucket, whatever its account', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:photos' } }],
    [
      "to the resource's own account, by a variable",
      { StringEquals: { 'aws:PrincipalAccount': variable('aws:ResourceAccount') } },
    ],
    [
      "to the resource's own organization, by a variable",
      { StringEquals: { 'aws:PrincipalOrgID': variable('AWS:ResourceOrgId') } },
    ],
    ['to some networks', { IpAddress: { 'aws:SourceIp': ['3.0.0.0/9', '52.95.110.0/24', '10.0.0.0/8'] } }],
    ['to a network of IPv4, as IPv6 writes it', { IpAddress: { 'aws:SourceIp': '::ffff:52.95.110.0/120' } }],
    ['to the sessions of a role', { StringLike: { 'aws:userid': 'AROAEXAMPLE4L7M3NPQRS:*' } }],
    ['to a name with a literal star', { StringLike: { 'aws:SourceVpc': `vpc-${variable('*')}` } }],
    ['to one of several fixed values', { StringEquals: { 'aws:SourceAccount': [own, '444455556666'] } }],
    [
      'beside one that limits nobody',
      { StringEquals: organization, Bool: { 'aws:SecureTransport': 'true' } },
    ],
    [
      'where the key has to be there',
      { StringEqualsIfExists: organization, Null: { 'aws:PrincipalOrgID': 'false' } },
    ],
    [
      'where another condition demands the key',
      { StringEqualsIfExists: organization, StringLike: { 'aws:PrincipalOrgID': '*' } },
    ],
    [
      'where all values of a key that is there are fixed',
      { 'ForAllValues:StringEquals': organization, Null: { 'aws:PrincipalOrgID': false } },
    ],
    ['to services: they are confused deputies at most', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }],
  ])('%s', (_, condition) => {
    expect(isOpen(condition)).toBe(false);
  });

  it("by a service's own key, in that service", () => {
    const condition = { StringEquals: { 'kms:CallerAccount': own } };
    expect([isOpen(condition, keyService), isOpen(condition)]).toEqual([false, true]);
  });
});

describe('a condition limits nobody', () => {
  it.each<[string, JsonObject]>([
    ['where the key may be absent', { StringEqualsIfExists: organization }],
    ['where all values are fixed and there may be none', { 'ForAllValues:StringEquals': organization }],
    ['where it demands the key and no value', { Null: { 'aws:PrincipalOrgID': 'false' } }],
    [
      'where the key may be there or not',
      { StringEqualsIfExists: organization, Null: { 'aws:PrincipalOrgID': ['false', 'true'] } },
    ],
    [
      'where another key is demanded',
      { StringEqualsIfExists: organization, Null: { 'aws:PrincipalArn': 'false' } },
    ],
    [
      'where a negated operator passes without the key',
      { StringEqualsIfExists: organization, StringNotEquals: { 'aws:PrincipalOrgID': 'o-x' } },
    ],
    ['by what it excludes', { StringNotEquals: organization }],
    ['by an empty list', { StringEquals: { 'aws:PrincipalOrgID': [] } }],
    [
      'where one of several values is not fixed',
      { StringLike: { 'aws:PrincipalOrgID': ['o-exampleorg1', 'o-*'] } },
    ],
    ['by a policy variable', { StringEquals: { 'aws:PrincipalOrgID': variable('aws:PrincipalOrgID') } }],
    [
      'by a variable with a value for who has none',
      { StringEquals: { 'aws:PrincipalAccount': `\${aws:ResourceAccount, '999999999999'}` } },
    ],
    [
      'by an account that is a variable',
      { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${variable('aws:PrincipalAccount')}:role/x` } },
    ],
    ['by an ARN of any account', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:*:orders' } }],
    [
      'by text that a stranger can put into a name',
      { StringLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:*:444455556666:alarm:*' } },
    ],
    ['by buckets of any name', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::photos-*' } }],
    [
      'by a path in any organization',
      { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': '*/r-ab12/*' } },
    ],
    ["by the caller's own tag", { StringEquals: { 'aws:PrincipalTag/team': 'blue' } }],
    ['by a private address in any VPC', { IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/24' } }],
    ['by the way of the call', { Bool: { 'aws:ViaAWSService': 'true' } }],
    [
      'by the service that calls',
      { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } },
    ],
    ['by the account of the resource', { StringEquals: { 'aws:ResourceAccount': own } }],
    ['by a date', { DateLessThan: { 'aws:CurrentTime': '2031-06-30T12:00:00Z' } }],
    ['by a number', { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }],
    ['by no service', { Bool: { 'aws:PrincipalIsAWSService': 'false' } }],
    ['by buckets whose names begin alike', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:photos-*' } }],
    [
      'by what else of S3 has an account',
      { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:accesspoint/photos' } },
    ],
    ['by all of IPv4, as IPv6 writes it', { IpAddress: { 'aws:SourceIp': '::ffff:0:0/96' } }],
    [
      'by narrow networks that are the internet together',
      { IpAddress: { 'aws:SourceIp': Array.from({ length: 256 }, (_, first) => `${first}.0.0.0/8`) } },
    ],
    ['by half of the internet', { IpAddress: { 'aws:SourceIp': '128.0.0.0/1' } }],
  ])('%s', (_, condition) => {
    expect(isOpen(condition)).toBe(true);
  });

  it('by the service through which KMS is called', () => {
    expect(isOpen({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }, keyService)).toBe(
      true,
    );
  });
});

describe('whom the parameters trust', () => {
  const account = { StringEquals: { 'aws:PrincipalAccount': '444455556666' } };
  const trusting = (trustedAccounts: string[], trustedOrganizations: string[] = []) => ({
    trustedAccounts,
    trustedOrganizations,
  });

  it('is everybody that a condition names, where no list says otherwise', () => {
    expect([isOpen(account), isOpen({ StringEquals: organization })]).toEqual([false, false]);
  });

  it('is the own account and those in the lists, where one of them says something', () => {
    const lists = trusting(['333333333333'], ['o-exampleorg1']);
    expect(isOpen({ StringEquals: { 'aws:PrincipalAccount': [own, '333333333333'] } }, lists)).toBe(false);
    expect(isOpen({ StringEquals: organization }, lists)).toBe(false);
    expect(isOpen(account, lists)).toBe(true);
    expect(isOpen({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:444455556666:*' } }, lists)).toBe(true);
    expect(isOpen({ StringEquals: { 'aws:PrincipalOrgID': ['o-exampleorg1', 'o-otherorg12'] } }, lists)).toBe(
      true,
    );
    expect(isOpen({ StringEquals: organization }, trusting(['333333333333']))).toBe(true);
  });

  it('is the own account by a variable, and no organization by one', () => {
    const lists = trusting(['333333333333'], ['o-exampleorg1']);
    const byVariable = (key: string, name: string) =>
      isOpen({ StringEquals: { [key]: variable(name) } }, lists);
    expect(byVariable('aws:PrincipalAccount', 'aws:ResourceAccount')).toBe(false);
    expect(byVariable('aws:PrincipalOrgID', 'aws:ResourceOrgID')).toBe(true);
  });

  it('is not asked of a network, which names no account', () => {
    expect(isOpen({ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, trusting(['333333333333']))).toBe(false);
  });
});
