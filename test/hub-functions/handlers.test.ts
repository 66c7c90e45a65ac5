import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { bundleHubFunction } from '../../infra/bundle';
import type { Moto } from '../../sandbox/moto/moto';
import { keptBundles } from '../support/assembly';
import { accounts, messageFor, testIdentity, testPolicy } from '../support/findings';
import { createLedgerTable } from '../support/ledger-table';
import { startTestMoto } from '../support/moto';
import { operator } from '../support/orderers';
import { complianceEvent, reportEvent, testReport } from './notifier/events';

const region = 'eu-west-1';
/**
 * Loads the bundle in the working directory, hands it the event of the first argument, and prints the answer last. An error is caught,
 * because Node.js would print the line of it, which is the whole bundle.
 */
const runner = `
  const load = () => {
    try {
      return require(process.cwd() + '/index.js');
    } catch (error) {
      console.error(String(error));
      process.exit(1);
    }
  };
  const { handler } = load();
  const context = { getRemainingTimeInMillis: () => 180000, awsRequestId: 'request' };
  handler(JSON.parse(process.argv[1]), context).then((answer) => console.log(JSON.stringify({ answer })));
`;

let moto: Moto;
let folder: string;

beforeAll(async () => {
  moto = await startTestMoto();
  await createLedgerTable(moto.endpoint, 'ledger');
  // Outside of the project: whatever a function needs is in its bundle.
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'staunch-handlers-test-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await moto.stop();
});

/** Bundles a function as the hub stack does. */
function bundle(name: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(
    join(folder, name, 'index.js'),
    bundleHubFunction(`hub-functions/${name}/handler.ts`, keptBundles()),
  );
  writeFileSync(join(folder, name, 'policy.json'), JSON.stringify(testPolicy));
}

/** Runs a bundle in a process of its own, with exactly this environment beside Lambda's own variables. */
async function invoke(name: string, environment: Record<string, string>, event: unknown) {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['-e', runner, JSON.stringify(event)],
    {
      cwd: join(folder, name),
      env: {
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_ENDPOINT_URL: moto.endpoint,
        ...environment,
      },
    },
  );
  const answer = JSON.parse(stdout.trim().split('\n').at(-1) ?? '').answer;
  const failed = answer?.batchItemFailures?.map(
    ({ itemIdentifier }: { itemIdentifier: string }) => itemIdentifier,
  ) as string[] | undefined;
  return { answer, failed, log: stdout + stderr };
}

/** The lines of a log that are JSON as a whole, as CloudWatch's filters take them. */
const jsonLines = (log: string): Record<string, unknown>[] =>
  log.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));

const batch = (...bodies: string[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `message-${index}`,
    eventSource: 'aws:sqs',
    attributes: { SentTimestamp: '1764230400000' },
    body,
  })),
});

const recordOf = (body: string, receiptHandle: string) => ({
  ...{ messageId: 'message-0', eventSource: 'aws:sqs', body, receiptHandle },
  attributes: { SentTimestamp: '1764230400000', ApproximateReceiveCount: '1' },
});

describe('the coordinator, bundled', () => {
  const environment = {
    LEDGER_TABLE: 'ledger',
    SAVED_STATES_TABLE: 'saved-states',
    EVENT_BUS_NAME: 'staunch',
    PATROL_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/staunch-patrol',
  };
  beforeAll(() => bundle('coordinator'));

  it.each(Object.keys(environment))('does not start without %s, and names it', async (name) => {
    await expect(invoke('coordinator', { ...environment, [name]: '' }, batch())).rejects.toThrow(name);
  });

  it('hands back the messages that it cannot use, with the reason of each in its log', async () => {
    const event = batch('hello', messageFor({ ...testIdentity, control: 'nothing' }));
    const { failed, log } = await invoke('coordinator', environment, event);
    expect(failed).toEqual(['message-0', 'message-1']);
    expect(log).toContain('not JSON');
    expect(log).toContain('no control');
  });

  it('does nothing for an order that is no key of the ledger, and logs it', async () => {
    const order = { order: 'pause', scope: 'organization', reason: 'x', by: 'somebody' };
    const { answer, log } = await invoke('coordinator', environment, { order });
    expect(answer).toBeUndefined();
    expect(jsonLines(log)).toContainEqual(
      expect.objectContaining({ level: 'WARN', said: JSON.stringify({ order }) }),
    );
  });

  it('sweeps, and says so by a line of JSON that CloudWatch finds, also where nothing is due', async () => {
    const { failed, log } = await invoke('coordinator', environment, { sweep: true });
    expect(failed).toBeUndefined();
    expect(jsonLines(log)).toContainEqual(expect.objectContaining({ message: 'Swept', reported: 0 }));
  });
});

describe('the orders function, bundled', () => {
  const environment = { LEDGER_TABLE: 'ledger', SAVED_STATES_TABLE: 'saved-states' };
  beforeAll(() => bundle('orders'));
  const request = (body: string) => ({ body, requestContext: { identity: operator } });

  it('does not start without its table, and names it', async () => {
    await expect(invoke('orders', { LEDGER_TABLE: '' }, request('{}'))).rejects.toThrow('LEDGER_TABLE');
  });

  it('answers API Gateway, and logs lines of JSON', async () => {
    const order = { version: 2, key: '00000000-0000-4000-8000-000000000001', order: 'whoami' };
    const { answer, log } = await invoke('orders', environment, request(JSON.stringify(order)));
    expect(answer).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(answer.body)).toMatchObject({ version: 2, done: true });
    expect(jsonLines(log)).toContainEqual(
      expect.objectContaining({ message: 'Answered', order: 'whoami', status: 200 }),
    );
  });
});

describe('the notifier, bundled', () => {
  const environment = {
    LEDGER_TABLE: 'ledger',
    QUEUE_URL: `https://sqs.${region}.amazonaws.com/${accounts.hub}/notifier`,
    POSTS_URL: `https://sqs.${region}.amazonaws.com/${accounts.hub}/posts.fifo`,
    DEAD_LETTERS_URL: `https://sqs.${region}.amazonaws.com/${accounts.hub}/notifier-dead-letters`,
  };
  let queues: SQSClient;
  let deadLetters: string;
  beforeAll(async () => {
    bundle('notifier');
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    queues = new SQSClient({ region, endpoint: moto.endpoint, credentials, useQueueUrlAsEndpoint: false });
    const { QueueUrl = '' } = await queues.send(
      new CreateQueueCommand({ QueueName: 'notifier-dead-letters' }),
    );
    deadLetters = QueueUrl;
    await queues.send(new CreateQueueCommand({ QueueName: 'posts.fifo', Attributes: { FifoQueue: 'true' } }));
  });
  afterAll(() => queues.destroy());

  it.each(Object.keys(environment))('does not start without %s, and names it', async (name) => {
    await expect(invoke('notifier', { ...environment, [name]: '' }, batch())).rejects.toThrow(name);
  });

  it('hands back what it cannot take in, sets aside what it cannot read, and drops what nobody needs to hear of', async () => {
    const event = batch(
      'hello',
      JSON.stringify(complianceEvent('COMPLIANT', 'COMPLIANT')),
      JSON.stringify(reportEvent(testReport, accounts.on)),
      JSON.stringify(reportEvent()),
    );
    const withoutLedger = { ...environment, LEDGER_TABLE: 'another' };
    const { failed, log } = await invoke('notifier', withoutLedger, event);
    expect(failed).toEqual(['message-3']);
    expect(log).toContain('not JSON');
    expect(log).toContain("in the hub's name");
    const { Messages } = await queues.send(
      new ReceiveMessageCommand({ QueueUrl: deadLetters, MessageAttributeNames: ['why'] }),
    );
    expect(Messages).toEqual([
      expect.objectContaining({
        Body: 'hello',
        MessageAttributes: { why: { DataType: 'String', StringValue: 'The message is not JSON.' } },
      }),
    ]);
  });

  it('takes a report in, and wakes the poster, which says that it has no token', async () => {
    const { failed } = await invoke('notifier', environment, batch(JSON.stringify(reportEvent())));
    expect(failed).toEqual([]);
    const { Messages: hints = [] } = await queues.send(
      new ReceiveMessageCommand({ QueueUrl: environment.POSTS_URL }),
    );
    expect(hints.map(({ Body }) => Body)).toEqual([JSON.stringify({ channel: testPolicy.slack.channel })]);
    bundle('notifier/poster');
    const posting = {
      LEDGER_TABLE: 'ledger',
      POSTS_URL: environment.POSTS_URL,
      DEAD_LETTERS_URL: environment.POSTS_URL,
      SLACK_SECRET_ARN: `arn:aws:secretsmanager:${region}:${accounts.hub}:secret:staunch/slack-bot-token`,
    };
    const event = { Records: hints.map((hint) => recordOf(hint.Body ?? '', hint.ReceiptHandle ?? '')) };
    const posted = await invoke('notifier/poster', posting, event);
    expect(posted.failed).toEqual(['message-0']);
    expect(posted.log).toContain('A channel could not be told everything');
    // What is due is looked for each minute.
    const swept = await invoke('notifier/poster', posting, { sweep: true });
    expect(swept.answer).toBeUndefined();
  });

  it('counts what nobody can read, by a line of JSON that CloudWatch finds', async () => {
    const unreadable = complianceEvent('NON_COMPLIANT', 'COMPLIANT', { newEvaluationResult: null });
    const { failed, log } = await invoke('notifier', environment, batch(JSON.stringify(unreadable)));
    expect(failed).toEqual([]);
    expect(jsonLines(log)).toContainEqual(
      expect.objectContaining({ level: 'WARN', message: 'Dropped an event that cannot be read' }),
    );
  });
});
