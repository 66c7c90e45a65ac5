import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { main } from '../../../cli/main';
import { ledgerTableName, queueNames } from '../../../core/names';
import { patrolMessageSchema } from '../../../core/patrol-message';
import { CoverageStore } from '../../../ledger/coverage/coverage';
import { patrolledTypes } from '../../../operator/coverage/ask-coverage';
import { captureOutput } from '../../support/command';
import { testPolicy } from '../../support/findings';
import { documentsOn } from '../../support/ledger-table';
import { startTestHub, type TestHub } from '../test-hub';

const place = { accountId: '222222222222', region: 'eu-west-1' };
const elsewhere = { accountId: '333333333333', region: 'eu-west-1' };
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

let hub: TestHub;
let environment: NodeJS.ProcessEnv;
let output: ReturnType<typeof captureOutput>;

beforeAll(async () => {
  hub = await startTestHub();
  hub.answer = () => ({ version: 2, done: true, text: '', policy: JSON.stringify(testPolicy) });
  const store = new CoverageStore(documentsOn(hub.moto.endpoint), ledgerTableName);
  const startedAt = new Date().toISOString();
  const walked = { startedAt, at: startedAt };
  const covered = patrolledTypes.map((type) => ({ type, resources: 3 }));
  await store.add(place, { ...walked, covered });
  const [denied = ''] = patrolledTypes;
  await store.add(elsewhere, {
    ...walked,
    covered: covered.slice(1),
    notCovered: [{ type: denied, words: 'No.' }],
  });
}, 30_000);

afterAll(() => hub.stop());

beforeEach(() => {
  environment = process.env;
  process.env = hub.environment();
  output = captureOutput();
});

afterEach(() => {
  vi.restoreAllMocks();
  process.env = environment;
});

describe('staunch coverage', () => {
  it('exits with 1 where something is not covered, and says why', async () => {
    expect(await main(['coverage'])).toBe(1);
    expect(output.printed).toMatch(/^2 accounts and Regions: 1 not covered\./);
    expect(output.printed).toContain('AWS refused or failed');
  });

  it('exits with 0 where all that was asked for is covered', async () => {
    expect(await main(['coverage', '--account', place.accountId, '--json'])).toBe(0);
    expect(JSON.parse(output.printed)).toMatchObject({ ...place, covered: true, gaps: [] });
  });

  it('exits with 1 where nothing that was asked for is watched', async () => {
    expect(await main(['coverage', '--account', '999999999999'])).toBe(1);
    expect(output.complained).toContain('Nothing in 999999999999 is watched.');
  });
});

describe('staunch patrol', () => {
  it('names the queue and the right where the hub has no patrol', async () => {
    expect(await main(['patrol', '--no-wait'])).toBe(1);
    expect(output.complained).toContain(`the queue ${queueNames.patrol}`);
  });

  it('puts a message on the queue for each account and Region', async () => {
    const sqs = new SQSClient({ endpoint: hub.moto.endpoint, region: 'eu-west-1', credentials });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: queueNames.patrol }));
    expect(await main(['patrol', '--account', place.accountId, '--no-wait'])).toBe(0);
    expect(output.printed).toContain('The patrol of 1 account and Region is asked for.');
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    sqs.destroy();
    const messages = Messages.map(({ Body = '' }) => patrolMessageSchema.parse(JSON.parse(Body)));
    expect(messages).toMatchObject([place]);
  });
});
