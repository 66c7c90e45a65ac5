import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { main } from '../../cli/main';
import { ledgerTableName, savedStatesTableName } from '../../core/names';
import { orderKeyPattern } from '../../core/order';
import { Ledger } from '../../ledger/findings/ledger';
import type { FindingRecord } from '../../ledger/findings/record';
import { SavedStates } from '../../ledger/saved/saved-states';
import { bucketRecord, recordOf } from '../operator/records';
import { captureOutput } from '../support/command';
import { createLedgerTable, documentsOn } from '../support/ledger-table';
import { startTestHub, type TestHub } from './test-hub';

const group = recordOf({ state: 'fixed', at: '2026-11-23T10:00:09.000Z' });
const photos = bucketRecord({
  violations: [{ kind: 'public-grant', text: 'It is public.\u202e', detail: {} }],
});

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

let hub: TestHub;
let environment: NodeJS.ProcessEnv;
let output: ReturnType<typeof captureOutput>;

beforeAll(async () => {
  hub = await startTestHub();
  const documents = documentsOn(hub.moto.endpoint);
  const ledger = new Ledger(documents, ledgerTableName);
  for (const record of [group, photos, bucketRecord({ occurrence: 2, state: 'waiting' })])
    await ledger.create(record);
  const saved = new SavedStates(documents, savedStatesTableName);
  await saveFix(saved, group);
  documents.destroy();
}, 30_000);

afterAll(() => hub.stop());

beforeEach(() => {
  environment = process.env;
  process.env = hub.environment();
  hub.orders = [];
  output = captureOutput();
});

afterEach(() => {
  vi.restoreAllMocks();
  process.env = environment;
});

describe('staunch findings', () => {
  it('lists the latest occurrences, open ones first', async () => {
    expect(await main(['findings'])).toBe(0);
    expect(output.printed).toMatch(
      /^photos +critical +waiting [\s\S]*^sg-0123456789abcdef0 +critical +fixed /m,
    );
    expect(output.printed).toContain('1 open, 1 closed.');
  });

  it('prints JSON Lines, without what could control a terminal', async () => {
    expect(await main(['findings', '--all', '--control', 's3-public-access', '--json'])).toBe(0);
    const lines = output.printed.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { finding: '222222222222#eu-west-1#s3-public-access#photos#2', state: 'waiting', open: true },
      {
        finding: '222222222222#eu-west-1#s3-public-access#photos#1',
        violations: [{ text: 'It is public.\u202e' }],
      },
    ]);
    expect(output.printed).not.toContain('\u202e');
    expect(output.printed).not.toContain('pendingReports');
  });

  it('says so when none is like that', async () => {
    expect(await main(['findings', '--state', 'gone'])).toBe(0);
    expect(output.printed).toBe('No finding is like that.\n');
  });

  it.each([
    [['--state', 'fixd'], '--state is "fixd", which does not exist. Did you mean fixed?'],
    [['--control', 'x'], '--control is "x", which does not exist. There are: security-group-open-ports'],
    [
      ['--control', 'iam-password-policy'],
      "one of AWS Config's managed rules, of which Staunch records no findings",
    ],
    [['--region', 'Ireland'], '--region is "Ireland", which is no Region'],
  ])('exits with 2 for %j', async (words, message) => {
    expect(await main(['findings', ...words])).toBe(2);
    expect(output.complained).toContain(message);
  });
});

describe('staunch show', () => {
  it('shows a finding with what was before its fix and after it', async () => {
    expect(await main(['show', group.identity.resourceId])).toBe(0);
    expect(output.printed).toMatch(/state +fixed\./);
    expect(output.printed).toContain('  - tcp 22 from 0.0.0.0/0');
  });

  it('finds a whole name without reading the ledger through', async () => {
    expect(await main(['show', '222222222222#eu-west-1#s3-public-access#photos#1'])).toBe(0);
    expect(output.printed).toContain('It is public.');
  });

  it('has all of it as JSON', async () => {
    expect(await main(['show', group.identity.resourceId, '--json'])).toBe(0);
    expect(JSON.parse(output.printed)).toMatchObject({
      state: 'fixed',
      fix: { after: { ingressRules: [] } },
    });
  });

  it('names the table that is not there when that is the one of the saved states', async () => {
    const client = new DynamoDBClient({ endpoint: hub.moto.endpoint, region: 'eu-west-1', credentials });
    await client.send(new DeleteTableCommand({ TableName: savedStatesTableName }));
    try {
      expect(await main(['show', group.identity.resourceId])).toBe(1);
      expect(output.complained).toContain('the table staunch-saved-states does not exist there');
    } finally {
      await createLedgerTable(hub.moto.endpoint, savedStatesTableName);
      client.destroy();
    }
  });

  it('exits with 1 for a finding that does not exist, and says which may be meant', async () => {
    expect(await main(['show', 'photo'])).toBe(1);
    expect(output.complained).toMatch(
      /There is no finding "photo".*\n {2}222222222222#eu-west-1#s3-public-access#photos#2\n/,
    );
  });
});

describe('staunch undo', () => {
  const undo = (...words: string[]) => main(['undo', ...words]);

  it('orders the coordinator to undo it, and prints the answer', async () => {
    hub.answer = () => ({ version: 2, done: true, text: 'Undone.', changes: ['Give back port 22.'] });

    expect(await undo(group.identity.resourceId, '--reason', ' It is needed ', '--until', '30d')).toBe(0);
    expect(hub.orders).toEqual([
      [
        '/staunch/orders',
        {
          version: 2,
          key: expect.stringMatching(orderKeyPattern),
          order: 'undo',
          finding: group.identity,
          occurrence: 1,
          reason: 'It is needed',
          until: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        },
      ],
    ]);
    expect(output.printed).toContain('Undone.\nWhat was changed:\n  - Give back port 22.');
    expect(output.complained).toBe('');
  });

  it('exits with 1, and says what differs, when it was not undone', async () => {
    hub.answer = () => ({
      version: 2,
      done: false,
      text: 'Nothing was undone.',
      differences: ['A rule is new.'],
    });

    expect(await undo(group.identity.resourceId, '--reason', 'x', '--until', '12h')).toBe(1);
    expect(output.printed).toContain('  - A rule is new.');
  });

  it.each([
    ['no reason', ['--until', '12h'], '--reason'],
    ['an empty reason', ['--reason', ' ', '--until', '12h'], '--reason should say why'],
    ['no end', ['--reason', 'x'], '--until'],
    ['an end in the past', ['--reason', 'x', '--until', '2020-01-01'], 'should lie in the future'],
  ])('orders nothing, and exits with 2, for %s', async (_, words, message) => {
    expect(await undo(group.identity.resourceId, ...words)).toBe(2);
    expect(output.complained).toContain(message);
    expect(hub.orders).toEqual([]);
  });
});

describe('staunch retry', () => {
  const whole = '222222222222#eu-west-1#s3-public-access#photos#1';
  const orderOf = ({ identity: finding, occurrence }: FindingRecord) => [
    '/staunch/orders',
    { version: 2, key: expect.stringMatching(orderKeyPattern), order: 'retry', finding, occurrence },
  ];

  it('orders a look at each finding, in that order and once, and prints each answer', async () => {
    hub.answer = () => ({ version: 2, done: true, text: `Answer ${hub.orders.length}.` });

    expect(await main(['retry', 'sg-0123456789abcdef0', whole, 'sg-0123456789abcdef0'])).toBe(0);
    expect(hub.orders).toEqual([orderOf(group), orderOf(photos)]);
    expect(output.printed).toBe(
      `222222222222#eu-west-1#security-group-open-ports#sg-0123456789abcdef0#1\nAnswer 1.\n${whole}\nAnswer 2.\n`,
    );
    expect(output.complained).toBe('');
  });

  it('exits with 1 when one was not done, and looks at the others all the same', async () => {
    hub.answer = () => ({ version: 2, done: hub.orders.length !== 1, text: `Answer ${hub.orders.length}.` });

    expect(await main(['retry', 'sg-0123456789abcdef0', whole])).toBe(1);
    expect(output.printed).toContain('Answer 2.');
  });

  it('goes on, and exits with 1, when the hub cannot be asked for one', async () => {
    hub.answer = () => (hub.orders.length === 1 ? undefined : { version: 2, done: true, text: 'Looked at.' });

    expect(await main(['retry', 'sg-0123456789abcdef0', whole])).toBe(1);
    expect(output.complained).toContain('sg-0123456789abcdef0#1\nNothing takes orders at that URL');
    expect(output.complained).not.toMatch(/\bat .*\.[jt]s/);
    expect(output.printed).toBe(`${whole}\nLooked at.\n`);
  });

  it.each([
    [['photo', 'sg-0123456789abcdef0'], 1, 'There is no finding "photo"'],
    [[], 2, "missing required argument 'finding'"],
  ])('orders nothing at all for %j', async (names, status, message) => {
    expect(await main(['retry', ...names])).toBe(status);
    expect(output.complained).toContain(message);
    expect(hub.orders).toEqual([]);
  });
});

describe('every command against a hub', () => {
  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    [
      'no hub in that Region',
      { AWS_REGION: 'eu-north-1' },
      /^There is no hub in account \d{12}, eu-north-1: the table staunch-ledger/,
    ],
    [
      'no credentials',
      { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
      /^There are no AWS credentials to use: .*Set AWS_PROFILE/,
    ],
    [
      'a profile that does not exist',
      { AWS_PROFILE: 'nobody', AWS_ACCESS_KEY_ID: '' },
      /^There are no AWS credentials to use: .*nobody/,
    ],
    [
      'nobody at that address',
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
      /^There is no connection to AWS in eu-west-1 \(ECONNREFUSED\).*127\.0\.0\.1:1/,
    ],
  ])('says what to do, and exits with 1, where there is %s', async (_, variables, message) => {
    Object.assign(process.env, variables);

    expect(await main(['findings'])).toBe(1);
    expect(output.complained).toMatch(message);
    expect(output.complained).not.toMatch(/\bat .*\.[jt]s/);
  });
});

describe('an endpoint that is no URL', () => {
  const commands = [
    ['approve', 'x'],
    ['deny', 'x', '--reason', 'x'],
    ['explain', '111122223333', 's3-public-access'],
    ['findings'],
    ['pause', '--reason', 'x'],
    ['plan'],
    ['resume'],
    ['retry', 'x'],
    ['sandbox', 'deploy', 'config/organization.yaml'],
    ['show', 'x'],
    ['undo', 'x', '--reason', 'x', '--until', '1d'],
  ];

  it.each(commands)('is named, with what stands there instead, by %s', async (...words) => {
    for (const name of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_DYNAMODB'])
      for (const endpoint of ['http://127.0.0.1:PORT', 'nonsense', 'localhost:40000']) {
        process.env = { ...hub.environment(), [name]: endpoint };
        output.complained = '';

        expect([words[0], await main(words)]).toEqual([words[0], 2]);
        expect(output.complained).toContain(`${name} is "${endpoint}", which is no URL`);
      }
    expect(hub.orders).toEqual([]);
  });
});

async function saveFix(saved: SavedStates, { identity, occurrence }: FindingRecord): Promise<void> {
  const open = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '0.0.0.0/0' };
  const state = { groupId: identity.resourceId, ingressRules: [open], prefixLists: {} };
  const attempt = { finding: identity, occurrence, attempt: 1 };
  const at = new Date('2026-11-23T10:00:05.000Z');
  await saved.saveStep(attempt, { before: state, changes: [] }, at);
  await saved.saveAfter(attempt, { ...state, ingressRules: [] }, at);
}
