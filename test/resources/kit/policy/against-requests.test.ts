import * as fc from 'fast-check';
import type { JsonObject } from '../../../../core/json';
import { confusedDeputies } from '../../../../resources/kit/policy/confused-deputies';
import { publicStatements } from '../../../../resources/kit/policy/public-statements';
import { readPolicy } from '../../../../resources/kit/policy/resource-policy';
import { conditionsHold } from '../../../../sandbox/gateway/authorization/conditions';
import { rulesWith } from './service-rules';
import { requestsForStrangers, type StrangersRequest, strangersRequests } from './strangers';

/*
 * The model against requests: where a stranger's request would be allowed, as the sandbox's engine compares conditions, the statement
 * is public, or lets in a service whosever request it acts on.
 */

const values: Readonly<Record<string, readonly string[]>> = {
  'aws:PrincipalOrgID': ['o-exampleorg1', 'o-*', '*'],
  'aws:PrincipalAccount': ['444455556666', '9*'],
  'aws:PrincipalArn': [
    'arn:aws:iam::444455556666:role/*',
    'arn:aws:iam::*:role/444455556666',
    '*:444455556666',
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
  ],
  'aws:SourceAccount': ['444455556666', '?'.repeat(12)],
  'aws:SourceOrgID': ['o-exampleorg1', 'o-s*'],
  'aws:SourceVpc': ['vpc-ours', 'vpc-*'],
  'aws:PrincipalIsAWSService': ['true', 'false'],
  'aws:PrincipalServiceName': ['sns.amazonaws.com', '*'],
  'aws:PrincipalTag/team': ['blue'],
  'aws:ViaAWSService': ['true', 'false'],
  'aws:SecureTransport': ['true', 'false'],
};
const text = [
  'StringEquals',
  'StringLike',
  'StringNotEquals',
  'StringNotLike',
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

const asked: fc.Arbitrary<JsonObject> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...Object.keys(values)).chain((key) =>
      fc
        .record({
          operator: fc.constantFrom(...operators),
          of: fc.subarray([...(values[key] ?? [])], { minLength: 1 }),
        })
        .map(({ operator, of }) => ({ [operator]: { [key]: of } })),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        key: fc.constantFrom(...Object.keys(values)),
        of: fc.subarray(['true', 'false'], { minLength: 1 }),
      })
      .map(({ key, of }) => ({ Null: { [key]: of } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('52.95.110.0/24', '0.0.0.0/1', '128.0.0.0/1')
      .chain((range) =>
        fc
          .constantFrom('IpAddress', 'NotIpAddress', 'IpAddressIfExists')
          .map((operator) => ({ [operator]: { 'aws:SourceIp': [range] } })),
      ),
  },
);

const conditions = fc.array(asked, { maxLength: 3 }).map((asks) => {
  const condition: Record<string, Record<string, string[]>> = {};
  for (const ask of asks as Record<string, Record<string, string[]>>[]) {
    for (const [operator, keys] of Object.entries(ask))
      condition[operator] = { ...condition[operator], ...keys };
  }
  return condition;
});

function isAllowed(
  allow: Record<string, Record<string, string[]>>,
  denies: readonly Record<string, Record<string, string[]>>[],
  request: StrangersRequest,
): boolean {
  const holds = (condition: Record<string, Record<string, string[]>>) =>
    conditionsHold(condition, request, '2012-10-17');
  return holds(allow) && !denies.some(holds);
}

it('calls nothing closed that a stranger can reach', () => {
  let [open, closed] = [0, 0];
  fc.assert(
    fc.property(conditions, fc.array(conditions, { maxLength: 2 }), (condition, denied) => {
      const statement = {
        Effect: 'Allow',
        Principal: '*',
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: condition,
      };
      const denies = denied.map((Condition) => ({ ...statement, Effect: 'Deny', Condition }));
      const policy = readPolicy({ Version: '2012-10-17', Statement: [statement, ...denies] }, 'Policy');
      const isPublic = publicStatements(policy, rulesWith()).length > 0;
      const isDeputy = confusedDeputies(policy, rulesWith()).length > 0;
      const byThemselves = strangersRequests.some((request) => isAllowed(condition, denied, request));
      const byServices = requestsForStrangers.some((request) => isAllowed(condition, denied, request));

      if (byThemselves) expect(isPublic).toBe(true);
      if (byServices) expect(isPublic || isDeputy).toBe(true);
      if (isPublic) open += 1;
      else closed += 1;
    }),
    { seed: 20_261_127, numRuns: 1_000 },
  );
  expect(Math.min(open, closed)).toBeGreaterThan(150);
});
