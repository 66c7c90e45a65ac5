import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  SetTopicAttributesCommand,
} from '@aws-sdk/client-sns';
import type { Json, JsonObject } from '../../../core/json';
import { topicArn } from '../../../resources/topic/ids';
import type { AccountClients } from '../../account-clients';
import { type DangerousKind, type PlantingPlace, plantedType, type ResourceKind } from '../kind';
import { snsClient } from './recorded';

const control = 'sns-public-policy';
const resourceType = 'AWS::SNS::Topic';

/** Statements of a topic's policy, made for the topic's ARN. */
type Statements = (arn: string) => JsonObject[];

function harmlessTopic(text: string, statements: Statements): ResourceKind {
  return {
    resourceType,
    control,
    text,
    plant: (place) => plantTopic(place, statements),
    planted: (place) => policyOf(place, statements),
    read: readPolicyOf,
  };
}

function dangerousTopic(text: string, before: Statements, after: Statements): DangerousKind {
  return { ...harmlessTopic(text, before), healed: (place) => policyOf(place, after), lossy: false };
}

function policyOf({ clients: { accountId, region }, name }: PlantingPlace, statements: Statements): Json {
  return { Version: '2012-10-17', Statement: statements(topicArn(accountId, region, name)) };
}

async function plantTopic(place: PlantingPlace, statements: Statements): Promise<string> {
  const { clients, name } = place;
  const sns = clients.client(snsClient);
  await sns.send(new CreateTopicCommand({ Name: name }));
  const TopicArn = topicArn(clients.accountId, clients.region, name);
  const AttributeValue = JSON.stringify(policyOf(place, statements));
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
  return TopicArn;
}

async function readPolicyOf(clients: AccountClients, TopicArn: string): Promise<Json | undefined> {
  try {
    const { Attributes } = await clients.client(snsClient).send(new GetTopicAttributesCommand({ TopicArn }));
    return JSON.parse(Attributes?.Policy ?? 'null') as Json;
  } catch (error) {
    if ((error as Error).name === 'NotFoundException') return undefined;
    throw error;
  }
}

const partner = 'arn:aws:iam::444455556666:root';
const allow = (Sid: string, Principal: Json, Resource: string, more: JsonObject = {}): JsonObject => ({
  Sid,
  Effect: 'Allow',
  Principal,
  Action: 'SNS:Publish',
  Resource,
  ...more,
});
const everybodySubscribes = (arn: string) =>
  allow('EverybodySubscribes', { AWS: '*' }, arn, { Action: ['SNS:Subscribe', 'SNS:Receive'] });
/** As AWS itself writes it for every new topic. */
const ownerAlone = (arn: string) =>
  allow('__default_statement_ID', { AWS: '*' }, arn, {
    Action: ['SNS:Publish', 'SNS:Subscribe', 'SNS:SetTopicAttributes'],
    Condition: { StringEquals: { 'AWS:SourceOwner': arn.split(':')[4] ?? '' } },
  });

const dangerous = {
  'topic-anybody-subscribes': dangerousTopic(
    'topic policy: all subscribe',
    (arn) => [ownerAlone(arn), everybodySubscribes(arn), allow('PartnerPublishes', { AWS: partner }, arn)],
    (arn) => [ownerAlone(arn), allow('PartnerPublishes', { AWS: partner }, arn)],
  ),
} satisfies Record<string, DangerousKind>;

const harmless = {
  'topic-for-its-owner': harmlessTopic("AWS's default policy, and a partner", (arn) => [
    ownerAlone(arn),
    allow('PartnerPublishes', { AWS: partner }, arn),
  ]),
} satisfies Record<string, ResourceKind>;

/** Topics of the scenario. */
export const topics = plantedType({
  dangerous,
  harmless,
  plantings: [
    {
      account: 'playground',
      region: 'eu-west-1',
      dangerous: ['topic-anybody-subscribes'],
      harmless: ['topic-for-its-owner'],
    },
    {
      account: 'storefront',
      region: 'us-east-1',
      dangerous: ['topic-anybody-subscribes'],
      harmless: ['topic-for-its-owner'],
    },
    {
      account: 'analytics',
      region: 'us-east-1',
      dangerous: ['topic-anybody-subscribes'],
      harmless: ['topic-for-its-owner'],
    },
  ],
  late: { dangerous: [], harmless: [] },
});
