import type { JsonObject } from '../../../core/json';
import type { Example, TypeExamples } from './examples';
import { policyOf, privatePolicies, publicPolicies, type StatementMaker, statementMaker } from './statements';

const control = 'secret-public-policy';
const ARN = 'arn:aws:secretsmanager:eu-west-1:222222222222:secret:orders-AbCdEf';
const statement = statementMaker('secretsmanager:GetSecretValue', '*');

const secretOf = (more: (words: string) => JsonObject, parameters?: JsonObject): Example => ({
  control,
  ...(parameters && { parameters }),
  answer: (words) => ({ ARN, Name: 'orders', CreatedDate: '2026-01-02T03:04:05.000Z', ...more(words) }),
});
const all = (
  policies: Readonly<Record<string, (of: StatementMaker, words: string) => string>>,
): Record<string, Example> =>
  Object.fromEntries(
    Object.entries(policies).map(([name, policy]) => [
      name,
      secretOf((words) => ({ ResourcePolicy: policy(statement, words) })),
    ]),
  );

/** Secrets. */
export const secretExamples: TypeExamples = {
  ids: ({ accountId, region }) => [
    `arn:aws:secretsmanager:${region}:${accountId}:secret:orders-AbCdEf`,
    `arn:aws:secretsmanager:${region}:${accountId}:secret:team/a_b+c=d.e@f-1-012345`,
  ],
  longestId: ({ accountId, region }) =>
    `arn:aws:secretsmanager:${region}:${accountId}:secret:${'s'.repeat(512)}-AbCdEf`,
  noIds: [
    'orders',
    'orders-AbCdEf',
    'arn:aws:secretsmanager:eu-west-1:222222222222:secret:orders',
    'arn:aws:secretsmanager:eu-west-1:222222222222:secret:orders-*',
    'arn:aws:secretsmanager:*:222222222222:secret:orders-AbCdEf',
    'arn:aws:secretsmanager:eu-west-1:222222222222:secret:a:b-AbCdEf',
    'arn:aws:kms:eu-west-1:222222222222:secret:orders-AbCdEf',
    `arn:aws:secretsmanager:eu-west-1:222222222222:secret:${'s'.repeat(513)}-AbCdEf`,
  ],
  dangers: {
    ...all(publicPolicies),
    'a policy in the form of all policies': {
      control,
      answer: (words) => ({
        Name: ARN,
        AccountId: '222222222222',
        Policy: policyOf(statement('*', { Sid: words })),
      }),
    },
    'a policy for any account under another key than that of the caller': secretOf(() => ({
      ResourcePolicy: policyOf(
        statement('*', { Condition: { StringEquals: { 'aws:ResourceAccount': '222222222222' } } }),
      ),
    })),
    'a policy for a service that does not say for whom it acts, where that is to be fixed': secretOf(
      () => ({ ResourcePolicy: policyOf(statement({ Service: 'appflow.amazonaws.com' })) }),
      { confusedDeputy: 'fix' },
    ),
  },
  neighbours: {
    ...all(privatePolicies),
    'a secret without a policy': secretOf(() => ({})),
    'a policy for a service': secretOf(() => ({
      ResourcePolicy: policyOf(statement({ Service: 'appflow.amazonaws.com' })),
    })),
  },
};
