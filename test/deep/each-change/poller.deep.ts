import { rmSync } from 'node:fs';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { EventLog } from '../../../sandbox/events';
import { Failures } from '../../../sandbox/failures';
import type { Moto } from '../../../sandbox/moto/moto';
import type { EventSourceMapping, LambdaService } from '../../../sandbox/services/lambda/definitions';
import { createLambdaService } from '../../../sandbox/services/lambda/lambda-service';
import { queueClient } from '../../../sandbox/services/lambda/queue';
import { waitUntil } from '../../../sandbox/wait';
import {
  accountId,
  functionDefinition,
  region,
  workDirectory,
} from '../../sandbox/services/lambda/definitions';
import { apiCall, type FakeGateway, fakeGateway } from '../../sandbox/services/lambda/fake-gateway';
import { startTestMoto } from '../../support/moto';

const directory = workDirectory();
let moto: Moto;
let gateway: FakeGateway;
let log: EventLog;
let failures: Failures;
let lambda: LambdaService;
let sqs: SQSClient;
let queueNumber = 0;

beforeAll(async () => {
  moto = await startTestMoto();
});
afterAll(async () => {
  await moto.stop();
  rmSync(directory, { recursive: true, force: true });
});

beforeEach(() => {
  gateway = fakeGateway(moto.endpoint);
  log = new EventLog();
  failures = new Failures();
  // Failed messages are visible again at once, or after a second where a test sets a time scale that leaves one.
  lambda = createService(Number.POSITIVE_INFINITY);
  sqs = queueClient(gateway, region, gateway.administratorOf(accountId));
});
afterEach(async () => {
  await lambda.stop();
  sqs.destroy();
  expect(failures.all).toEqual([]);
});

function createService(timeScale: number): LambdaService {
  return createLambdaService({ gateway, log, failures, timeScale, workDirectory: directory });
}

interface TestQueue {
  name: string;
  url: string;
  arn: string;
}

async function createQueue(attributes: Record<string, string> = {}): Promise<TestQueue> {
  queueNumber += 1;
  const name = `queue-${queueNumber}${attributes.FifoQueue ? '.fifo' : ''}`;
  const Attributes = { VisibilityTimeout: '60', ...attributes };
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  return { name, url: QueueUrl, arn: `arn:aws:sqs:${region}:${accountId}:${name}` };
}

/** Polls `queue` with a function of this code, which prints the event of each invocation. */
async function poll(
  queue: TestQueue,
  body: string,
  parts: Partial<EventSourceMapping> = {},
  timeoutSeconds = 30,
): Promise<void> {
  const code = `exports.handler = async (event) => { console.log(JSON.stringify(event)); ${body} };`;
  const definition = functionDefinition(code, { timeoutSeconds });
  await lambda.createFunction(definition);
  await lambda.createEventSourceMapping({
    accountId,
    region,
    functionArn: definition.arn,
    queueArn: queue.arn,
    enabled: true,
    batchSize: 5,
    maximumBatchingWindowSeconds: 0,
    reportBatchItemFailures: true,
    ...parts,
  });
}

/** The events that the function got so far. */
function received(): SQSEvent[] {
  return log.events.flatMap((event) =>
    event.kind === 'log' && event.line.startsWith('{"Records"') ? [JSON.parse(event.line)] : [],
  );
}

function bodies(): string[] {
  return received().flatMap((event) => event.Records.map((record) => record.body));
}

function send(queue: TestQueue, ...messages: string[]): Promise<unknown> {
  return sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: queue.url,
      Entries: messages.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
    }),
  );
}

function eventually(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  return waitUntil(what, condition, failures, 20_000);
}

async function messagesIn(queue: TestQueue): Promise<string[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queue.url, MaxNumberOfMessages: 10 }),
  );
  return Messages.map((message) => message.Body ?? '');
}

describe('an event source mapping', () => {
  it("hands over messages in AWS's shape, and deletes them when the function succeeded", async () => {
    const queue = await createQueue();
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queue.url,
        MessageBody: 'hello',
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'finding' } },
      }),
    );
    await poll(queue, 'return {};');
    await eventually('the queue is empty', () => lambda.idle().then((idle) => idle && received().length > 0));
    expect(received()).toEqual([
      {
        Records: [
          {
            messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
            receiptHandle: expect.any(String),
            body: 'hello',
            attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: expect.stringMatching(/^\d{13}$/),
              SenderId: expect.any(String),
              ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
            },
            messageAttributes: {
              kind: {
                stringValue: 'finding',
                stringListValues: [],
                binaryListValues: [],
                dataType: 'String',
              },
            },
            md5OfBody: '5d41402abc4b2a76b9719d911017c592',
            eventSource: 'aws:sqs',
            eventSourceARN: queue.arn,
            awsRegion: region,
          },
        ],
      },
    ]);
  });

  it('hands over no more messages at once than the batch size', async () => {
    const queue = await createQueue();
    await send(queue, '1', '2', '3', '4', '5');
    await poll(queue, '', { batchSize: 2 });
    await eventually('all are handled', async () => bodies().length === 5 && (await lambda.idle()));
    expect(received().every((event) => event.Records.length <= 2)).toBe(true);
  });

  it('tries only the failed messages of a batch again, and counts how often', async () => {
    const queue = await createQueue();
    await send(queue, 'good', 'bad', 'fine');
    const code = `return { batchItemFailures: event.Records
      .filter((record) => record.body === 'bad' && record.attributes.ApproximateReceiveCount < 3)
      .map((record) => ({ itemIdentifier: record.messageId })) };`;
    await poll(queue, code);
    await eventually('all are handled', async () => bodies().length === 5 && (await lambda.idle()));
    expect(bodies().sort()).toEqual(['bad', 'bad', 'bad', 'fine', 'good']);
  });

  it('tries the whole batch again when the function fails', async () => {
    const queue = await createQueue();
    await send(queue, 'a', 'b');
    await poll(
      queue,
      "if (event.Records[0].attributes.ApproximateReceiveCount === '1') throw new Error('once');",
    );
    await eventually('all are handled', async () => bodies().length === 4 && (await lambda.idle()));
    expect(bodies().sort()).toEqual(['a', 'a', 'b', 'b']);
  });

  it('takes no notice of reported failures when the mapping does not ask for them', async () => {
    const queue = await createQueue();
    await send(queue, 'a');
    const code = 'return { batchItemFailures: [{ itemIdentifier: event.Records[0].messageId }] };';
    await poll(queue, code, { reportBatchItemFailures: false });
    await eventually('it is handled', async () => bodies().length === 1 && (await lambda.idle()));
  });

  it('leaves a poison message to the redrive policy, which moves it to the dead-letter queue', async () => {
    const deadLetters = await createQueue();
    const queue = await createQueue({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 2 }),
    });
    await send(queue, 'poison');
    await poll(queue, "throw new Error('cannot read it');");
    await eventually('it was tried twice', async () => bodies().length === 2 && (await lambda.idle()));
    expect(await messagesIn(deadLetters)).toEqual(['poison']);
    expect(bodies()).toEqual(['poison', 'poison']);
  });

  it('lets a failed message wait for its visibility timeout, divided by the time scale', async () => {
    await lambda.stop();
    lambda = createService(3);
    const queue = await createQueue({ VisibilityTimeout: '3600' });
    await send(queue, 'bad');
    await poll(queue, "throw new Error('no');");
    await eventually('it failed', () => lambda.settled().then((settled) => settled && bodies().length === 1));
    expect(await lambda.idle()).toBe(false);
    expect(await messagesIn(queue)).toEqual([]);
  });

  it('lets a failed message wait as long as the function has set for it', async () => {
    await lambda.stop();
    lambda = createService(1);
    const queue = await createQueue({ VisibilityTimeout: '3600' });
    await send(queue, 'bad');
    const waits = 'await new Promise((resolve) => setTimeout(resolve, 500));';
    await poll(queue, `${waits} throw new Error('no');`);
    await eventually('it runs', () => received().length === 1);
    const [record] = received()[0]?.Records ?? [];
    const parameters = { ReceiptHandle: record?.receiptHandle, VisibilityTimeout: 1 };
    await gateway.observe(apiCall({ service: 'sqs', operation: 'ChangeMessageVisibility', parameters }));
    await eventually('it came again', () => received().length === 2);
  });

  it('hands over messages of a group one after the other, and those of another group meanwhile', async () => {
    const queue = await createQueue({ FifoQueue: 'true' });
    const put = (group: string, body: string) =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: queue.url,
          MessageBody: body,
          MessageGroupId: group,
          MessageDeduplicationId: body,
        }),
      );
    const slow =
      "if (event.Records[0].body === 'a1') await new Promise((resolve) => setTimeout(resolve, 1000));";
    await poll(queue, `${slow} console.log('done ' + event.Records[0].body);`, { batchSize: 1 });
    for (const [group, body] of [
      ['a', 'a1'],
      ['a', 'a2'],
      ['b', 'b1'],
    ] as const) {
      await put(group, body);
    }
    const done = () =>
      log.events.flatMap((event) =>
        event.kind === 'log' && event.line.startsWith('done') ? event.line : [],
      );
    await eventually('all are done', () => done().length === 3);
    expect(done()).toEqual(['done b1', 'done a1', 'done a2']);
  });

  it.each([{ batchSize: 11 }, { maximumBatchingWindowSeconds: 1 }])(
    'of a FIFO queue is refused with %j',
    async (parts) => {
      const queue = await createQueue({ FifoQueue: 'true' });
      await expect(poll(queue, '', parts)).rejects.toThrow(/FIFO queue takes batches of at most 10/);
    },
  );

  it.each(['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'])(
    'is refused when the execution role lacks sqs:%s',
    async (call) => {
      const queue = await createQueue();
      gateway.allow = (request) => request.action !== `sqs:${call}`;
      await expect(poll(queue, '')).rejects.toThrow(
        `The provided execution role does not have permissions to call ${call} on SQS`,
      );
    },
  );

  it("is refused when the queue's visibility timeout is shorter than the function's timeout", async () => {
    const queue = await createQueue({ VisibilityTimeout: '30' });
    await expect(poll(queue, '', {}, 60)).rejects.toThrow(/visibility timeout: 30 seconds is less than/);
  });

  it('does nothing while it is disabled', async () => {
    const queue = await createQueue();
    await send(queue, 'kept');
    await poll(queue, '', { enabled: false });
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    expect(Attributes?.ApproximateNumberOfMessages).toBe('1');
    expect(received()).toEqual([]);
  });
});
