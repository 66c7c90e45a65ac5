import * as fc from 'fast-check';
import type { JsonObject } from '../../../../core/json';
import { own } from './service-rules';

/** Conditions as a policy holds them, with every list made explicit. */
export type Asked = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Values by condition key: fixed ones, some that a stranger's request has, wildcards and variables. */
const values: Readonly<Record<string, readonly string[]>> = {
  'aws:PrincipalOrgID': ['o-exampleorg1', 'o-*', '*', `\${aws:PrincipalTag/org}`],
  'aws:PrincipalAccount': ['444455556666', '9*', `\${aws:ResourceAccount}`],
  'aws:PrincipalArn': [
    'arn:aws:iam::444455556666:role/*',
    'arn:aws:iam::*:role/444455556666',
    '*:444455556666',
    `arn:aws:iam::444455556666:role/\${*}`,
    `arn:aws:iam::\${aws:PrincipalAccount}:role/444455556666`,
  ],
  'aws:PrincipalOrgPaths': ['o-exampleorg1/*', 'o-*/r-1/*'],
  'aws:userid': ['AROAEXAMPLE4L7M3NPQRS:*', '*:AROAEXAMPLE4L7M3NPQRS:*'],
  'aws:SourceArn': [
    'arn:aws:sns:eu-west-1:444455556666:orders',
    'arn:aws:*:*:444455556666:*',
    'arn:aws:cloudwatch:*:444455556666:alarm:*',
    'arn:aws:sns:*:*:orders',
    'arn:aws:s3:::photos-*',
    'arn:aws:s3:::photos',
    'arn:aws:s3:*:*:photos',
  ],
  'aws:SourceAccount': ['444455556666', '?'.repeat(12)],
  'aws:SourceOwner': ['444455556666', '*'],
  'aws:SourceOrgID': ['o-exampleorg1', 'o-s*'],
  'aws:SourceOrgPaths': ['o-exampleorg1/*', 'o-*'],
  'aws:SourceVpc': ['vpc-ours', 'vpc-*'],
  'aws:SourceVpce': ['vpce-ours', 'vpce-*'],
  'aws:VpceAccount': ['444455556666', '*'],
  'aws:PrincipalIsAWSService': ['true', 'false'],
  'aws:PrincipalServiceName': ['sns.amazonaws.com', '*'],
  'aws:PrincipalTag/team': ['blue', 'red'],
  'aws:ViaAWSService': ['true', 'false'],
  'aws:CalledVia': ['athena.amazonaws.com', 'kms.amazonaws.com'],
  'aws:SecureTransport': ['true', 'false'],
  'aws:UserAgent': ['ours/1.0', '*'],
};
const text = [
  'StringEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'StringNotEquals',
  'StringNotLike',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'Bool',
];
const operators = [
  ...text,
  ...text.map((name) => `${name}IfExists`),
  ...text.map((name) => `ForAllValues:${name}`),
  ...text.map((name) => `ForAnyValue:${name}`),
];

const keyOf = (keys: Readonly<Record<string, readonly string[]>>) => fc.constantFrom(...Object.keys(keys));

/** @param keys of the service's own, with values */
function asked(keys: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<Asked> {
  const all = { ...values, ...keys };
  return fc.oneof(
    {
      weight: 6,
      arbitrary: keyOf(all).chain((key) =>
        fc
          .record({
            operator: fc.constantFrom(...operators),
            of: fc.subarray([...(all[key] ?? [])], { minLength: 1 }),
          })
          .map(({ operator, of }) => ({ [operator]: { [key]: of } })),
      ),
    },
    {
      weight: 2,
      arbitrary: fc
        .record({ key: keyOf(all), of: fc.subarray(['true', 'false'], { minLength: 1 }) })
        .map(({ key, of }) => ({ Null: { [key]: of } })),
    },
    {
      weight: 1,
      arbitrary: fc
        .subarray(['52.95.110.0/24', '10.0.0.0/8', '0.0.0.0/1', '128.0.0.0/1', '::/0'], { minLength: 1 })
        .chain((ranges) =>
          fc
            .constantFrom('IpAddress', 'NotIpAddress', 'IpAddressIfExists')
            .map((operator) => ({ [operator]: { 'aws:SourceIp': ranges } })),
        ),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('DateLessThan', 'DateGreaterThanEquals')
        .map((operator) => ({ [operator]: { 'aws:CurrentTime': ['2026-07-01T00:00:00Z'] } })),
    },
  );
}

/**
 * Up to so many asks, all of which have to hold.
 * @param keys of the service's own, with values
 */
export function arbitraryConditions(
  maxLength = 3,
  keys: Readonly<Record<string, readonly string[]>> = {},
): fc.Arbitrary<Asked> {
  return fc.array(asked(keys), { maxLength }).map((asks) => {
    const condition: Record<string, Record<string, readonly string[]>> = {};
    for (const ask of asks) {
      for (const [operator, of] of Object.entries(ask)) {
        condition[operator] = { ...condition[operator], ...of };
      }
    }
    return condition;
  });
}

/** What policies of a service are made of. */
export interface PolicyWords {
  /** What its actions begin with. */
  prefix: string;
  /** Two of its actions, without the prefix. */
  actions: readonly [string, string];
  /** The ARN of the resource whose policy it is. */
  arn: string;
  /** Whether its statements name no resources. */
  isAboutItsPlace?: true;
  /** Condition keys of its own, with values. */
  keys?: Readonly<Record<string, readonly string[]>>;
}

const namedAccount = 'arn:aws:iam::444455556666:root';

const principals: fc.Arbitrary<JsonObject> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<JsonObject>(
      { Principal: '*' },
      { Principal: { AWS: '*' } },
      { Principal: { AWS: ['*', namedAccount] } },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<JsonObject>(
      { Principal: { AWS: namedAccount } },
      { Principal: { AWS: [own, 'arn:aws:iam::444455556666:role/deploy'] } },
      { Principal: { Service: 'sns.amazonaws.com' } },
      { Principal: { Service: ['s3.amazonaws.com', 'sns.amazonaws.com'], AWS: own } },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<JsonObject>(
      { NotPrincipal: { AWS: namedAccount } },
      { NotPrincipal: { AWS: [own, namedAccount], Service: 'sns.amazonaws.com' } },
    ),
  },
);

function statements({ prefix, actions, arn, isAboutItsPlace, keys }: PolicyWords): fc.Arbitrary<JsonObject> {
  const [first, second] = actions.map((action) => `${prefix}:${action}`) as [string, string];
  const what = fc.constantFrom<JsonObject>(
    { Action: first },
    { Action: [first, second] },
    { Action: `${prefix}:*` },
    { Action: '*' },
    { Action: `${first.slice(0, -2)}*` },
    { NotAction: second },
  );
  const onWhat = isAboutItsPlace
    ? fc.constant<JsonObject>({})
    : fc.constantFrom<JsonObject>(
        { Resource: arn },
        { Resource: '*' },
        { Resource: `${arn.slice(0, -2)}*` },
        { Resource: [`${arn}-other`, arn] },
        { Resource: `${arn}-other` },
        { NotResource: `${arn}-other` },
      );
  return fc
    .record({
      effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      who: principals,
      what,
      onWhat,
      condition: arbitraryConditions(2, keys),
    })
    .map(({ effect, who, what, onWhat, condition }) => ({
      Effect: effect,
      ...who,
      ...what,
      ...onWhat,
      ...(Object.keys(condition).length > 0 && { Condition: condition as JsonObject }),
    }));
}

/** Policies of a service with one to four statements, of both versions of the language. */
export function arbitraryPolicies(words: PolicyWords): fc.Arbitrary<JsonObject> {
  return fc
    .record({
      version: fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'),
      list: fc.array(statements(words), { minLength: 1, maxLength: 4 }),
    })
    .map(({ version, list }) => ({ Version: version, Statement: list }));
}
