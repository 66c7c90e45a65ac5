import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type { Json } from '../../../core/json';
import { queueArn, queueUrl } from '../../../core/queue-address';
import type { AccountClients } from '../../account-clients';
import { type DangerousKind, type PlantingPlace, plantedType, type ResourceKind } from '../kind';
import { sqsClient } from './clients';

const control = 'sqs-public-policy';
const resourceType = 'AWS::SQS::Queue';

type Statement = { [key: string]: Json };

/** Statements of a queue's policy, made for the queue's ARN; undefined for a queue without a policy. */
type Statements = ((arn: string) => Statement[]) | undefined;

function harmlessQueue(text: string, statements?: Statements): ResourceKind {
  return {
    resourceType,
    control,
    text,
    plant: (place) => plantQueue(place, statements),
    planted: (place) => policyOf(place, statements),
    read: readPolicyOf,
  };
}

function dangerousQueue(text: string, before: Statements, after?: Statements): DangerousKind {
  return { ...harmlessQueue(text, before), healed: (place) => policyOf(place, after), lossy: false };
}

function policyOf({ clients, name }: PlantingPlace, statements: Statements): Json {
  if (statements === undefined) return null;
  const arn = queueArn(clients.accountId, clients.region, name);
  return { Version: '2012-10-17', Statement: statements(arn) };
}

async function plantQueue(place: PlantingPlace, statements: Statements): Promise<string> {
  const { clients, name } = place;
  const sqs = clients.client(sqsClient);
  const QueueUrl = queueUrl(clients.accountId, clients.region, name);
  await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const policy = policyOf(place, statements);
  if (policy !== null) {
    const Attributes = { Policy: JSON.stringify(policy) };
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  }
  return QueueUrl;
}

async function readPolicyOf(clients: AccountClients, QueueUrl: string): Promise<Json | undefined> {
  try {
    const { Attributes } = await clients
      .client(sqsClient)
      .send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }));
    return Attributes?.Policy ? (JSON.parse(Attributes.Policy) as Json) : null;
  } catch (error) {
    if ((error as Error).name === 'QueueDoesNotExist') return undefined;
    throw error;
  }
}

const partner = 'arn:aws:iam::444455556666:root';
const allow = (Sid: string, Principal: Json, Resource: string, more: Statement = {}): Statement => ({
  Sid,
  Effect: 'Allow',
  Principal,
  Action: 'sqs:SendMessage',
  Resource,
  ...more,
});
const everybodySends = (arn: string) => allow('EverybodySends', '*', arn);
const partnerSends = (arn: string) => allow('PartnerSends', { AWS: partner }, arn);
const onlyTls = (arn: string): Statement => ({
  Sid: 'OnlyTls',
  Effect: 'Deny',
  Principal: '*',
  Action: 'sqs:*',
  Resource: arn,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

const dangerous = {
  'queue-anybody-sends': dangerousQueue('queue policy: everybody sends', (arn) => [everybodySends(arn)]),
  'queue-anybody-receives': dangerousQueue(
    'queue policy: all receive',
    (arn) => [
      allow('EverybodyReceives', { AWS: '*' }, arn, {
        Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      }),
      partnerSends(arn),
      onlyTls(arn),
    ],
    (arn) => [partnerSends(arn), onlyTls(arn)],
  ),
  'queue-everybody-in-a-list': dangerousQueue(
    'queue policy: "*" in a list',
    (arn) => [allow('PartnerSends', { AWS: ['*', partner] }, arn)],
    (arn) => [allow('PartnerSends', { AWS: [partner] }, arn)],
  ),
} satisfies Record<string, DangerousKind>;

const harmless = {
  'queue-without-policy': harmlessQueue('a queue without a policy'),
  'queue-for-a-partner': harmlessQueue('a policy for one other account, and a Deny for everybody', (arn) => [
    partnerSends(arn),
    onlyTls(arn),
  ]),
  'queue-for-a-topic': harmlessQueue('a policy for everybody by one topic', (arn) => [
    allow('TopicSends', '*', arn, {
      Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:444455556666:news' } },
    }),
  ]),
} satisfies Record<string, ResourceKind>;

/** Queues of the scenario. */
export const queues = plantedType({
  dangerous,
  harmless,
  plantings: [
    {
      account: 'playground',
      region: 'eu-west-1',
      dangerous: ['queue-anybody-sends', 'queue-everybody-in-a-list'],
      harmless: ['queue-without-policy', 'queue-for-a-topic'],
    },
    {
      account: 'staging',
      region: 'eu-west-1',
      dangerous: ['queue-anybody-receives'],
      harmless: ['queue-for-a-partner'],
    },
    {
      account: 'storefront',
      region: 'us-east-1',
      dangerous: ['queue-anybody-sends'],
      harmless: ['queue-for-a-topic'],
    },
    {
      account: 'legacy',
      region: 'eu-west-1',
      dangerous: ['queue-anybody-receives'],
      harmless: ['queue-for-a-partner'],
    },
  ],
  late: { dangerous: [], harmless: ['queue-for-a-partner'] },
});
