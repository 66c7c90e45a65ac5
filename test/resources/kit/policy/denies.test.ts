import type { JsonObject } from '../../../../core/json';
import { confusedDeputies } from '../../../../resources/kit/policy/confused-deputies';
import type { DocumentRules } from '../../../../resources/kit/policy/document-rules';
import { publicStatements } from '../../../../resources/kit/policy/public-statements';
import { readPolicy } from '../../../../resources/kit/policy/resource-policy';
import { rulesWith } from './service-rules';

const arn = 'arn:aws:sqs:eu-west-1:222222222222:orders';
const everybody = { Effect: 'Allow', Principal: '*', Action: ['sqs:SendMessage', 'sqs:Get*'], Resource: arn };
const deny = (more: JsonObject): JsonObject => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 'sqs:*',
  Resource: '*',
  ...more,
});
const others = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } };

function isOpen(
  allow: JsonObject,
  denies: readonly JsonObject[],
  more: Partial<DocumentRules> = {},
): boolean {
  return (
    publicStatements(readPolicy({ Statement: [allow, ...denies] }, 'Policy'), rulesWith(more)).length > 0
  );
}
function withoutPrincipal(more: JsonObject): JsonObject {
  const { Principal: _everybody, ...rest } = deny(more);
  return rest;
}

describe('a statement for everybody is not public under a Deny', () => {
  it.each<[string, JsonObject]>([
    ['of everything', deny({})],
    ['for everybody outside of an organization', deny({ Condition: others })],
    ['in the other way to write everybody', deny({ Principal: { AWS: '*' }, Condition: others })],
    [
      'that also holds without the key',
      deny({ Condition: { StringNotEqualsIfExists: others.StringNotEquals } }),
    ],
    [
      'for all but fixed principals',
      withoutPrincipal({ NotPrincipal: { AWS: 'arn:aws:iam::444455556666:root' } }),
    ],
    [
      'that spares services',
      deny({ Condition: { ...others, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } }),
    ],
    [
      'that spares an organization or a network',
      deny({ Condition: { ...others, NotIpAddress: { 'aws:SourceIp': '52.95.110.0/24' } } }),
    ],
    [
      'that spares roles of an account',
      deny({ Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/*' } } }),
    ],
    ['of all other actions', withoutAction({ NotAction: 'sqs:ReceiveMessage' })],
    ['on its resources', deny({ Resource: 'arn:aws:sqs:*:222222222222:*' })],
    ['without resources', withoutResource(deny({}))],
  ])('%s', (_, one) => {
    const allow = 'NotAction' in one ? { ...everybody, Action: 'sqs:SendMessage' } : everybody;
    expect(isOpen(allow, [one])).toBe(false);
  });

  it('of each of its actions, by several', () => {
    expect(
      isOpen(everybody, [
        deny({ Action: 'SQS:sendmessage' }),
        deny({ Action: ['sqs:Get*'], Condition: others }),
      ]),
    ).toBe(false);
  });

  it('of the resource itself, whatever the statement says', () => {
    expect(isOpen({ ...everybody, Resource: '*' }, [deny({ Resource: arn })], { arn })).toBe(false);
    expect(isOpen({ ...everybody, Resource: '*' }, [deny({ Resource: arn })])).toBe(true);
  });
});

describe('a statement for everybody stays public under a Deny', () => {
  it.each<[string, JsonObject]>([
    ['of requests without TLS', deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
    ['of some of its actions', deny({ Action: 'sqs:SendMessage' })],
    ['of other resources', deny({ Resource: `${arn}-2` })],
    ['of all resources but some', withoutResource(deny({ NotResource: arn }))],
    ['for a named principal', deny({ Principal: { AWS: 'arn:aws:iam::444455556666:root' } })],
    ['for services', deny({ Principal: { Service: '*' } })],
    [
      "for all but a provider's users, whom anybody can be",
      withoutPrincipal({ NotPrincipal: { Federated: 'accounts.google.com' } }),
    ],
    ['for all but a kind that nobody knows', withoutPrincipal({ NotPrincipal: { '*': 'x' } })],
    [
      'by a variable, which has no value for anonymous requests',
      deny({
        Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::444455556666:user/\${aws:username}` } },
      }),
    ],
    [
      "by the variable of the resource's account, which not every request has",
      deny({ Condition: { StringNotEquals: { 'aws:PrincipalAccount': `\${aws:ResourceAccount}` } } }),
    ],
    [
      'that spares narrow networks, which are the internet together',
      deny({
        Condition: {
          NotIpAddress: { 'aws:SourceIp': Array.from({ length: 256 }, (_, first) => `${first}.0.0.0/8`) },
        },
      }),
    ],
    ['for all but everybody', withoutPrincipal({ NotPrincipal: '*' })],
    [
      'that spares whoever has no organization',
      deny({ Condition: { 'ForAnyValue:StringNotEquals': { 'aws:PrincipalOrgPaths': 'o-exampleorg1/' } } }),
    ],
    [
      'that asks for an organization first',
      deny({ Condition: { ...others, Null: { 'aws:PrincipalOrgID': 'false' } } }),
    ],
    [
      'that spares anonymous requests',
      deny({ Condition: { ...others, Bool: { 'aws:PrincipalIsAWSService': 'false' } } }),
    ],
    [
      'that spares calls through a service',
      deny({ Condition: { ...others, BoolIfExists: { 'aws:ViaAWSService': 'false' } } }),
    ],
    ['of an organization', deny({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-badorg12345' } } })],
    ['that spares any organization', deny({ Condition: { StringNotLike: { 'aws:PrincipalOrgID': 'o-*' } } })],
    [
      "that spares the caller's own tag",
      deny({ Condition: { StringNotEquals: { 'aws:PrincipalTag/a': 'b' } } }),
    ],
    ['that cannot be understood', deny({ Condition: { StringNotEquals: 'aws:PrincipalOrgID' } })],
  ])('%s', (_, one) => {
    expect(isOpen(everybody, [one])).toBe(true);
  });

  it('that spares an organization which the parameters do not trust', () => {
    expect(
      isOpen(everybody, [deny({ Condition: others })], { trustedOrganizations: ['o-ownorg12345'] }),
    ).toBe(true);
  });

  it('where the service judges by the letter', () => {
    expect(isOpen(everybody, [deny({})], { byTheLetter: true })).toBe(true);
  });
});

describe('a Deny with NotPrincipal', () => {
  const deputiesUnder = (spared: JsonObject) =>
    confusedDeputies(
      readPolicy({ Statement: [everybody, withoutPrincipal({ NotPrincipal: spared })] }, 'Policy'),
      rulesWith(),
    );

  // What it names is spared, a service as well, whosever request that acts on:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  it('that spares a service leaves a confused deputy of what everybody is allowed', () => {
    const spared = { AWS: 'arn:aws:iam::444455556666:root', Service: 'sns.amazonaws.com' };

    expect(deputiesUnder(spared)).toMatchObject([{ index: 0, isAlone: false }]);
  });

  it('that spares accounts alone leaves none', () => {
    expect(deputiesUnder({ AWS: 'arn:aws:iam::444455556666:root' })).toEqual([]);
  });
});

function withoutAction(more: JsonObject): JsonObject {
  const { Action: _all, ...rest } = deny(more);
  return rest;
}

function withoutResource({ Resource: _all, ...rest }: JsonObject): JsonObject {
  return rest;
}
