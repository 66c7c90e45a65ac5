import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { EventLog } from '../../../../sandbox/events';
import { Failures } from '../../../../sandbox/failures';
import { startGateway } from '../../../../sandbox/gateway/gateway';
import type { Moto } from '../../../../sandbox/moto/moto';
import type { EventsService } from '../../../../sandbox/services/events/definitions';
import { createEventsService } from '../../../../sandbox/services/events/events-service';
import { queueClient } from '../../../../sandbox/services/lambda/queue';
import { startTestMoto } from '../../../support/moto';
import { apiCall, type FakeGateway, fakeGateway } from '../lambda/fake-gateway';
import { until } from '../lambda/manual-clock';

const place = { accountId: '123456789012', region: 'eu-west-1' };
const ruleArn = 'arn:aws:events:eu-west-1:123456789012:rule/tested';

let moto: Moto;
let gateway: FakeGateway;
let log: EventLog;
let failures: Failures;
let events: EventsService;
let sqs: SQSClient;
let sns: SNSClient;
let count = 0;

beforeAll(async () => {
  moto = await startTestMoto();
});
afterAll(() => moto.stop());

beforeEach(() => {
  gateway = fakeGateway(moto.endpoint);
  log = new EventLog();
  failures = new Failures();
  const lambda = { invokeForService: async () => ({ payload: 'null' }) };
  events = createEventsService({ gateway, lambda, log, failures, timeScale: 60 });
  const credentials = gateway.administratorOf(place.accountId);
  sqs = queueClient(gateway, place.region, credentials);
  sns = new SNSClient({ endpoint: moto.endpoint, region: place.region, credentials });
  count += 1;
});
afterEach(() => {
  events.stop();
  sqs.destroy();
  sns.destroy();
});

async function createQueue() {
  const QueueName = `queue-${count}`;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
  return { QueueUrl, arn: `arn:aws:sqs:${place.region}:${place.accountId}:${QueueName}` };
}

async function createTopic(): Promise<string> {
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: `topic-${count}` }));
  return TopicArn;
}

/** Sends one event through a rule to a target, and waits for the delivery. */
async function send(arn: string): Promise<void> {
  const pattern = { source: ['aws.config'] };
  const target = { id: 'target', arn };
  const rule = { ...place, name: 'tested', arn: ruleArn, eventBusName: 'default', enabled: true };
  events.putRule({ ...rule, eventPattern: pattern, targets: [target] });
  await events.emitFromService(place, { source: 'aws.config', detailType: 'Change', detail: { a: 1 } });
  await until(() => events.idle());
}

async function bodyIn(QueueUrl: string | undefined) {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  return Messages[0]?.Body === undefined ? undefined : JSON.parse(Messages[0].Body);
}

const question = (action: string, resource: string, service: string, sourceArn?: string) =>
  expect.objectContaining({
    principal: { kind: 'service', accountId: '', arn: service },
    action,
    resource,
    context:
      sourceArn === undefined ? {} : { 'aws:sourcearn': sourceArn, 'aws:sourceaccount': place.accountId },
  });

describe('a queue as target', () => {
  it("gets the event when the queue's policy allows the rule", async () => {
    const { QueueUrl, arn } = await createQueue();
    await send(arn);
    expect(await bodyIn(QueueUrl)).toMatchObject({ source: 'aws.config', detail: { a: 1 } });
    expect(gateway.asked).toEqual([question('sqs:SendMessage', arn, 'events.amazonaws.com', ruleArn)]);
  });

  it('gets nothing otherwise', async () => {
    const { QueueUrl, arn } = await createQueue();
    gateway.allow = () => false;
    await send(arn);
    expect(await bodyIn(QueueUrl)).toBeUndefined();
    expect(log.events).toEqual([expect.objectContaining({ kind: 'denied', action: 'sqs:SendMessage' })]);
    expect(failures.all).toEqual([]);
  });
});

describe('a topic as target', () => {
  async function subscribed(raw: boolean) {
    const queue = await createQueue();
    const topicArn = await createTopic();
    const Attributes = raw ? { RawMessageDelivery: 'true' } : {};
    await sns.send(
      new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: queue.arn, Attributes }),
    );
    return { ...queue, topicArn };
  }

  it('hands the event on to a subscribed queue, raw where the subscription says so', async () => {
    const { QueueUrl, topicArn, arn } = await subscribed(true);
    await send(topicArn);
    expect(await bodyIn(QueueUrl)).toMatchObject({ source: 'aws.config', detail: { a: 1 } });
    expect(gateway.asked).toEqual([
      question('sns:Publish', topicArn, 'events.amazonaws.com'),
      question('sqs:SendMessage', arn, 'sns.amazonaws.com', topicArn),
    ]);
  });

  it("wraps the event in SNS's envelope otherwise", async () => {
    const { QueueUrl, topicArn } = await subscribed(false);
    await send(topicArn);
    const body = await bodyIn(QueueUrl);
    expect(body).toMatchObject({ Type: 'Notification', TopicArn: topicArn });
    expect(JSON.parse(body.Message)).toMatchObject({ detail: { a: 1 } });
  });

  it.each(['sns:Publish', 'sqs:SendMessage'])('hands nothing on when %s is refused', async (action) => {
    const { QueueUrl, topicArn } = await subscribed(true);
    gateway.allow = (request) => request.action !== action;
    await send(topicArn);
    expect(await bodyIn(QueueUrl)).toBeUndefined();
    expect(log.events).toEqual([expect.objectContaining({ kind: 'denied', action })]);
  });

  it("asks the topic's customer key, which has to allow EventBridge", async () => {
    const { QueueUrl, topicArn } = await subscribed(true);
    const kms = new KMSClient({
      endpoint: moto.endpoint,
      region: place.region,
      credentials: gateway.administratorOf(place.accountId),
    });
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    kms.destroy();
    const key = { AttributeName: 'KmsMasterKeyId', AttributeValue: KeyMetadata?.KeyId };
    await sns.send(new SetTopicAttributesCommand({ TopicArn: topicArn, ...key }));
    gateway.allow = (request) => request.resource !== KeyMetadata?.Arn;
    await send(topicArn);
    expect(gateway.asked.at(-1)).toEqual(
      question('kms:GenerateDataKey', KeyMetadata?.Arn ?? '', 'events.amazonaws.com'),
    );
    expect(await bodyIn(QueueUrl)).toBeUndefined();
    expect(log.events).toEqual([
      expect.objectContaining({ kind: 'denied', action: 'kms:GenerateDataKey', resource: KeyMetadata?.Arn }),
    ]);
  });

  it.each(['aws:SourceArn', 'aws:SourceAccount'])(
    'gets nothing when its policy has a condition on %s, which EventBridge does not give there',
    async (key) => {
      const { QueueUrl, topicArn, arn } = await subscribed(true);
      const real = await startGateway({ motoEndpoint: moto.endpoint });
      const allow = (resource: string, Service: string, Action: string, Condition = {}) => {
        const statement = { Effect: 'Allow', Principal: { Service }, Action, Resource: resource, Condition };
        real.setResourcePolicy(resource, JSON.stringify({ Version: '2012-10-17', Statement: statement }));
      };
      gateway.allow = (request) => real.authorize(request).allowed;
      allow(arn, 'sns.amazonaws.com', 'sqs:SendMessage', { ArnLike: { 'aws:SourceArn': topicArn } });
      allow(topicArn, 'events.amazonaws.com', 'sns:Publish', { StringLike: { [key]: '*' } });
      await send(topicArn);
      expect(await bodyIn(QueueUrl)).toBeUndefined();
      expect(log.events).toEqual([expect.objectContaining({ kind: 'denied', action: 'sns:Publish' })]);

      allow(topicArn, 'events.amazonaws.com', 'sns:Publish');
      await send(topicArn);
      expect(await bodyIn(QueueUrl)).toMatchObject({ source: 'aws.config' });
      await real.stop();
    },
  );

  it.each(['sns', 'kms'])(
    'is read once, and again after a call that changes something of %s',
    async (service) => {
      const { QueueUrl, topicArn } = await subscribed(true);
      await send(topicArn);
      expect(await bodyIn(QueueUrl)).toBeDefined();
      const key = { AttributeName: 'KmsMasterKeyId', AttributeValue: 'alias/aws/sns' };
      await sns.send(new SetTopicAttributesCommand({ TopicArn: topicArn, ...key }));
      // Nothing went through the gateway: what was read before counts.
      await gateway.observe(apiCall({ service, operation: 'ListTopics' }));
      await send(topicArn);
      expect(log.events).toEqual([]);

      await gateway.observe(apiCall({ service, operation: 'SetTopicAttributes' }));
      await send(topicArn);
      expect(log.events).toMatchObject([{ kind: 'denied', action: 'kms:GenerateDataKey' }]);
    },
  );

  it("is never published to with AWS's own key for SNS", async () => {
    const { QueueUrl, topicArn } = await subscribed(true);
    const key = { AttributeName: 'KmsMasterKeyId', AttributeValue: 'alias/aws/sns' };
    await sns.send(new SetTopicAttributesCommand({ TopicArn: topicArn, ...key }));
    await send(topicArn);
    expect(await bodyIn(QueueUrl)).toBeUndefined();
  });
});
