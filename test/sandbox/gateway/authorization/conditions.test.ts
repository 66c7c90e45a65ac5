import { UnsupportedError } from '../../../../sandbox/failures';
import { conditionsHold } from '../../../../sandbox/gateway/authorization/conditions';
import { type RequestContext, unknownValues } from '../../../../sandbox/gateway/authorization/context';
import { variable } from './questions';

type Context = Record<string, string | string[]>;

const holds = (conditions: Record<string, Record<string, string[]>>, context: Context) =>
  conditionsHold(conditions, context, '2012-10-17');

const role = 'arn:aws:iam::111111111111:role/staunch/rule';

describe('conditionsHold', () => {
  const cases: [string, boolean, Record<string, Record<string, string[]>>, Context][] = [
    [
      'StringEquals of one of the values',
      true,
      { StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } },
      { 'aws:principalorgid': 'o-2' },
    ],
    [
      'StringEquals minds case',
      false,
      { StringEquals: { 'aws:PrincipalOrgID': ['O-2'] } },
      { 'aws:principalorgid': 'o-2' },
    ],
    [
      'StringEquals knows no wildcard',
      false,
      { StringEquals: { 'aws:PrincipalOrgID': ['o-*'] } },
      { 'aws:principalorgid': 'o-2' },
    ],
    ['StringEquals of an absent key', false, { StringEquals: { 'aws:PrincipalOrgID': ['o-1'] } }, {}],
    [
      'StringEqualsIfExists of an absent key',
      true,
      { StringEqualsIfExists: { 'aws:PrincipalOrgID': ['o-1'] } },
      {},
    ],
    [
      'StringEqualsIfExists of another value',
      false,
      { StringEqualsIfExists: { 'aws:PrincipalOrgID': ['o-1'] } },
      { 'aws:principalorgid': 'o-2' },
    ],
    [
      'StringNotEquals of every value',
      false,
      { StringNotEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } },
      { 'aws:principalorgid': 'o-2' },
    ],
    ['StringNotEquals of an absent key', true, { StringNotEquals: { 'aws:PrincipalOrgID': ['o-1'] } }, {}],
    [
      'StringEqualsIgnoreCase',
      true,
      { StringEqualsIgnoreCase: { 'aws:PrincipalOrgID': ['O-2'] } },
      { 'aws:principalorgid': 'o-2' },
    ],
    [
      'StringLike',
      true,
      { StringLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/staunch/*'] } },
      { 'aws:principalarn': role },
    ],
    [
      'StringNotLike',
      false,
      { StringNotLike: { 'aws:PrincipalArn': ['*rule'] } },
      { 'aws:principalarn': role },
    ],
    [
      'ArnEquals takes wildcards',
      true,
      { ArnEquals: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/staunch/rule'] } },
      { 'aws:principalarn': role },
    ],
    [
      'ArnLike does not reach across a colon',
      false,
      { ArnLike: { 'aws:PrincipalArn': ['arn:*:role/staunch/rule'] } },
      { 'aws:principalarn': role },
    ],
    [
      'ArnLike of another path',
      false,
      { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/rule'] } },
      { 'aws:principalarn': role },
    ],
    ['ArnNotLike', false, { ArnNotLike: { 'aws:PrincipalArn': [role] } }, { 'aws:principalarn': role }],
    ['Bool', true, { Bool: { 'aws:SecureTransport': ['false'] } }, { 'aws:securetransport': 'false' }],
    ['Bool of an absent key', false, { Bool: { 'aws:PrincipalIsAWSService': ['false'] } }, {}],
    ['Null true of an absent key', true, { Null: { 'aws:SourceArn': ['true'] } }, {}],
    ['Null false of an absent key', false, { Null: { 'aws:SourceArn': ['false'] } }, {}],
    [
      'Null false of a present key',
      true,
      { Null: { 'aws:SourceArn': ['false'] } },
      { 'aws:sourcearn': role },
    ],
    [
      'Null true of a key without values',
      true,
      { Null: { 'aws:CalledVia': ['true'] } },
      { 'aws:calledvia': [] },
    ],
    [
      'Null false of a key without values',
      false,
      { Null: { 'aws:CalledVia': ['false'] } },
      { 'aws:calledvia': [] },
    ],
    [
      'ForAnyValue with one match',
      true,
      { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['b'] } },
      { 'aws:tagkeys': ['a', 'b'] },
    ],
    ['ForAnyValue of an absent key', false, { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['x'] } }, {}],
    [
      'ForAllValues with a stranger',
      false,
      { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['b'] } },
      { 'aws:tagkeys': ['a', 'b'] },
    ],
    [
      'ForAllValues of a pattern',
      true,
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['posted#*', 'notice'] } },
      { 'dynamodb:leadingkeys': ['posted#1', 'notice', 'posted#2'] },
    ],
    [
      'ForAllValues of a pattern with a stranger',
      false,
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['posted#*'] } },
      { 'dynamodb:leadingkeys': ['posted#1', 'notice'] },
    ],
    ['ForAllValues of an absent key', true, { 'ForAllValues:StringEquals': { 'aws:CalledVia': ['x'] } }, {}],
    [
      'NumericLessThan',
      true,
      { NumericLessThan: { 'aws:MultiFactorAuthAge': ['3600'] } },
      { 'aws:multifactorauthage': '100' },
    ],
    [
      'NumericGreaterThanEquals',
      false,
      { NumericGreaterThanEquals: { 'aws:MultiFactorAuthAge': ['101'] } },
      { 'aws:multifactorauthage': '100' },
    ],
    [
      'IpAddress in the range',
      true,
      { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } },
      { 'aws:sourceip': '10.1.2.3' },
    ],
    [
      'NotIpAddress outside the range',
      true,
      { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } },
      { 'aws:sourceip': '127.0.0.1' },
    ],
    [
      'every operator must hold',
      false,
      { StringEquals: { 'aws:PrincipalOrgID': ['o-1'] }, Bool: { 'aws:SecureTransport': ['true'] } },
      { 'aws:principalorgid': 'o-1', 'aws:securetransport': 'false' },
    ],
    [
      'every key must hold',
      false,
      { StringEquals: { 'aws:PrincipalOrgID': ['o-1'], 'aws:SourceAccount': ['1'] } },
      { 'aws:principalorgid': 'o-1' },
    ],
    [
      'a variable as value',
      true,
      { StringEquals: { 'aws:ResourceAccount': [variable('aws:PrincipalAccount')] } },
      { 'aws:resourceaccount': '1', 'aws:principalaccount': '1' },
    ],
    [
      'a default for a variable',
      true,
      { StringEquals: { 'aws:ResourceAccount': [variable("aws:PrincipalAccount, 'none'")] } },
      { 'aws:resourceaccount': 'none' },
    ],
    [
      'a date before one in seconds since the epoch',
      true,
      { DateLessThan: { 'aws:CurrentTime': ['1800000000'] } },
      { 'aws:currenttime': '2026-11-27T00:00:00Z' },
    ],
    [
      'a date that is not after',
      false,
      { DateGreaterThan: { 'aws:CurrentTime': ['2026-11-27T00:00:00Z'] } },
      { 'aws:currenttime': '2026-11-27T00:00:00Z' },
    ],
  ];
  it.each(cases)('%s: %s', (_, expected, conditions, context) => {
    expect(holds(conditions, context)).toBe(expected);
  });

  it.each([
    ['an operator of the language itself', { toString: { 'aws:PrincipalOrgID': ['o-1'] } }],
    ['a key of the language itself', { StringEquals: { constructor: ['o-1'] } }],
    ['an operator', { BinaryEquals: { 'aws:PrincipalOrgID': ['MjAyNg=='] } }],
    ['a condition key', { StringEquals: { 'aws:ResourceTag/team': ['x'] } }],
    [
      'a condition key inside a variable',
      { StringEquals: { 'aws:PrincipalOrgID': [variable('aws:ResourceTag/team')] } },
    ],
  ])('refuses to guess about %s that the sandbox does not know', (_, conditions) => {
    expect(() => holds(conditions, { 'aws:principalorgid': 'o-1' })).toThrow(UnsupportedError);
  });
});

describe('a condition key that AWS sends and the sandbox cannot tell', () => {
  const member = { 'aws:principalorgid': 'o-1', 'aws:principalaccount': '111111111111' };

  it.each([
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
    ['its organization path', { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': ['o-1/r-1/ou-1/*'] } }],
    ['its organization path, negated', { StringNotLike: { 'aws:PrincipalOrgPaths': ['o-1/*'] } }],
    ['the time', { Null: { 'aws:CurrentTime': ['true'] } }],
    ['the time in seconds', { NumericLessThanIfExists: { 'aws:EpochTime': ['1'] } }],
    ['the user agent', { StringNotLike: { 'aws:UserAgent': ['curl*'] } }],
  ])('decides nothing by its absence: %s', (_what, conditions) => {
    expect(() => holds(conditions as never, member)).toThrow(UnsupportedError);
  });

  it('decides nothing by the absence of a tag that the request may carry', () => {
    const tagged: RequestContext = { 'aws:requesttag/': unknownValues };
    const question = { Null: { 'aws:RequestTag/team': ['true'] } };
    expect(() => conditionsHold(question, tagged, '2012-10-17')).toThrow(UnsupportedError);
    expect(conditionsHold(question, {}, '2012-10-17')).toBe(true);
  });

  it('is absent from a request of nobody in an organization', () => {
    expect(holds({ Null: { 'aws:PrincipalOrgPaths': ['true'] } }, {})).toBe(true);
  });
});
