import type { JsonObject } from '../../../core/json';
import { queueUrl } from '../../../core/queue-address';
import type { Example, TypeExamples } from './examples';
import { policyOf, privatePolicies, publicPolicies, type StatementMaker, statementMaker } from './statements';

const control = 'sqs-public-policy';
const QueueArn = 'arn:aws:sqs:eu-west-1:222222222222:orders';
const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/222222222222/orders';
const statement = statementMaker('sqs:SendMessage', QueueArn);

const queueOf = (attributes: (words: string) => JsonObject): Example => ({
  control,
  answer: (words) => ({ QueueUrl, Attributes: { QueueArn, CreatedTimestamp: '1', ...attributes(words) } }),
});
const all = (
  policies: Readonly<Record<string, (of: StatementMaker, words: string) => string>>,
): Record<string, Example> =>
  Object.fromEntries(
    Object.entries(policies).map(([name, policy]) => [
      name,
      queueOf((words) => ({ Policy: policy(statement, words) })),
    ]),
  );

/** Queues. */
export const queueExamples: TypeExamples = {
  ids: ({ accountId, region }) => [
    queueUrl(accountId, region, 'orders'),
    queueUrl(accountId, region, 'Orders_1-a.fifo'),
  ],
  longestId: ({ accountId, region }) => queueUrl(accountId, region, 'q'.repeat(80)),
  noIds: [
    'orders',
    QueueArn,
    'https://sqs.eu-west-1.amazonaws.com/222222222222/',
    'https://sqs.eu-west-1.amazonaws.com/222222222222/orders/more',
    'https://sqs.eu-west-1.amazonaws.com/222222222222/*',
    'https://sqs.eu-west-1.example.com/222222222222/orders',
    'https://sqs.eu-west-1.amazonaws.com.example/222222222222/orders',
    'https://eu-west-1.queue.amazonaws.com/222222222222/orders',
    `https://sqs.eu-west-1.amazonaws.com/222222222222/${'q'.repeat(81)}`,
  ],
  dangers: {
    ...all(publicPolicies),
    'what the aws command line prints, without the URL': {
      control,
      answer: (words) => ({ Attributes: { QueueArn, Policy: policyOf(statement('*', { Sid: words })) } }),
    },
  },
  neighbours: { ...all(privatePolicies), 'a queue without a policy': queueOf(() => ({})) },
  item: ({ QueueUrl: url = QueueUrl, Attributes }) => ({
    resourceType: 'AWS::SQS::Queue',
    resourceId: url,
    resourceName: 'orders',
    configurationItemStatus: 'OK',
    configuration: { ...(Attributes as JsonObject), QueueName: 'orders', QueueUrl: url },
    supplementaryConfiguration: {},
  }),
};
