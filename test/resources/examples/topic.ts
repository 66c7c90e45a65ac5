import type { JsonObject } from '../../../core/json';
import { topicArn } from '../../../resources/topic/ids';
import type { Example, TypeExamples } from './examples';
import { policyOf, privatePolicies, publicPolicies, type StatementMaker, statementMaker } from './statements';

const control = 'sns-public-policy';
const Owner = '222222222222';
const TopicArn = `arn:aws:sns:eu-west-1:${Owner}:orders`;
const statement = statementMaker('SNS:Publish', TopicArn);

const topicWith = (policy: (words: string) => string): Example => ({
  control,
  answer: (words) => ({ Attributes: { TopicArn, Owner, Policy: policy(words) } }),
});
const all = (
  policies: Readonly<Record<string, (of: StatementMaker, words: string) => string>>,
): Record<string, Example> =>
  Object.fromEntries(
    Object.entries(policies).map(([name, policy]) => [name, topicWith((words) => policy(statement, words))]),
  );

/** What a new topic has, which AWS writes itself. */
const byDefault = JSON.stringify({
  Version: '2008-10-17',
  Id: '__default_policy_ID',
  Statement: [
    statement(
      { AWS: '*' },
      {
        Sid: '__default_statement_ID',
        Action: ['SNS:Publish', 'SNS:Subscribe'],
        Condition: { StringEquals: { 'AWS:SourceOwner': Owner } },
      },
    ),
  ],
});

/** Topics. */
export const topicExamples: TypeExamples = {
  ids: ({ accountId, region }) => [
    `arn:aws:sns:${region}:${accountId}:orders`,
    `arn:aws:sns:${region}:${accountId}:Orders_1-a.fifo`,
  ],
  longestId: ({ accountId, region }) => topicArn(accountId, region, 't'.repeat(256)),
  noIds: [
    'orders',
    'arn:aws:sns:eu-west-1:222222222222:',
    'arn:aws:sns:eu-west-1:222222222222:*',
    'arn:aws:sns:eu-west-1:*:orders',
    'arn:aws:sqs:eu-west-1:222222222222:orders',
    // A subscription.
    'arn:aws:sns:eu-west-1:222222222222:orders:6b0e71bd-7e97-4d97-80ce-4a0994e55286',
    `arn:aws:sns:eu-west-1:222222222222:${'t'.repeat(257)}`,
  ],
  dangers: {
    ...all(publicPolicies),
    'a policy for everybody who subscribes one address': topicWith((words) =>
      policyOf(
        statement(
          { AWS: '*' },
          {
            Sid: words,
            Action: 'SNS:Subscribe',
            Condition: { StringLike: { 'sns:Endpoint': '*@example.com' } },
          },
        ),
      ),
    ),
    "AWS's own statement for any account": topicWith(() => byDefault.replace(`"${Owner}"}}`, '"*"}}')),
  },
  neighbours: {
    ...all(privatePolicies),
    'a new topic': topicWith(() => byDefault),
    'a policy for the alarms of an account': topicWith(() =>
      policyOf(
        statement(
          { Service: 'cloudwatch.amazonaws.com' },
          { Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:*:${Owner}:alarm:*` } } },
        ),
      ),
    ),
  },
  item: ({ Attributes }) => ({
    resourceType: 'AWS::SNS::Topic',
    resourceId: TopicArn,
    resourceName: 'orders',
    configurationItemStatus: 'OK',
    configuration: { ...(Attributes as JsonObject), DisplayName: '' },
    supplementaryConfiguration: {},
  }),
};
