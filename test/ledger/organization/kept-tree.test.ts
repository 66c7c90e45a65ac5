import { randomBytes } from 'node:crypto';
import { DeleteCommand, GetCommand, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Json } from '../../../core/json';
import { ledgerTableName } from '../../../core/names';
import { KeptTree } from '../../../ledger/organization/kept-tree';
import { LeaseLostError } from '../../../ledger/table/errors';
import type { Moto } from '../../../sandbox/moto/moto';
import { dyingDocuments } from '../../hub-functions/coordinator/dying-documents';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { startTestMoto } from '../../support/moto';
import { strictDocuments } from '../../support/strict-documents';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let moto: Moto;
let tables = 0;
let tableName: string;

beforeAll(async () => {
  moto = await startTestMoto();
});
afterAll(() => moto.stop());
beforeEach(async () => {
  tables += 1;
  tableName = `trees-${tables}`;
  await createLedgerTable(moto.endpoint, tableName);
});

const now = new Date('2026-11-23T10:00:00.000Z');
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const keptTree = () => new KeptTree(documentsOn(moto.endpoint), tableName);

/** Takes the lease and keeps a content, as whoever has read the organization does. */
async function keep(
  content: Json,
  holder: string,
  { tree = keptTree(), writing = tree, at = now }: { tree?: KeptTree; writing?: KeptTree; at?: Date } = {},
) {
  const { seen, kept: last } = await tree.head();
  const until = new Date(at.getTime() + 60_000);
  expect(await tree.lease({ holder, now: at, until, seen })).toBe(true);
  return writing.keep({ content, readAt: at, tookMilliseconds: 1_000 }, { holder, now: at, last });
}

async function loaded(tree = keptTree()): Promise<Json | undefined> {
  const { kept } = await tree.head();
  return kept && tree.load(kept);
}

async function chunksOf(generation: string): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  const pages = paginateScan({ client: documentsOn(moto.endpoint) }, { TableName: tableName });
  for await (const { Items: items = [] } of pages) found.push(...items);
  return found.filter(({ record }) => String(record).startsWith(`chunk#${generation}#`));
}

/** As large as the content of a large organization, and larger than it when compressed: three chunks. */
const large = (): Json => ({ text: randomBytes(850_000).toString('hex') });

describe('the kept tree', () => {
  it('holds 10,000 accounts in 1,000 units with the longest names, each chunk well within an item', async () => {
    const id = (prefix: string, number: number, length: number) =>
      `${prefix}${String(number).padStart(4, '0')}${randomBytes(length).toString('hex').slice(0, length)}`;
    // What AWS allows at most; random names cannot be compressed much.
    const units = Array.from({ length: 1_000 }, (_, number) => [
      id('ou-abcd-', number, 28),
      randomBytes(64).toString('hex'),
      id('ou-abcd-', number % 7, 28),
    ]);
    const accounts = Array.from({ length: 10_000 }, (_, number) => [
      String(100_000_000_000 + number * 7_919),
      randomBytes(37).toString('base64'),
      units[number % 1_000]?.[0] ?? '',
    ]);
    const content = { rootId: 'r-abcd', units, accounts };
    const { chunks, generation } = await keep(content, 'worker-1');
    expect(await loaded()).toEqual(content);
    const items = await chunksOf(generation);
    expect(items).toHaveLength(chunks);
    for (const item of items) expect((item.content as Uint8Array).length).toBeLessThan(390_000);
  });

  it('is the old one as a whole, or the new one, wherever its writer dies', async () => {
    const documents = strictDocuments();
    const tree = new KeptTree(documents, ledgerTableName);
    let current = large();
    await keep(current, 'worker-1', { tree });
    // Three chunks, the head, and the ends of three old chunks.
    for (let at = 1; at <= 7; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const next = large();
        const minutes = at * 10 + (when === 'before' ? 0 : 5);
        const write = keep(next, `worker-${at}-${when}`, {
          tree,
          writing: new KeptTree(dyingDocuments(documents, at, when), ledgerTableName),
          at: minutesLater(minutes),
        });
        await write.catch(() => undefined);
        const isNew = at > 4 || (at === 4 && when === 'after');
        if (isNew) current = next;
        // Not toEqual, which would print megabytes.
        expect(JSON.stringify(await loaded(tree)) === JSON.stringify(current)).toBe(true);
      }
    }
  });

  it('can still be read by whoever has read the head before it was replaced', async () => {
    const first = large();
    await keep(first, 'worker-1');
    const { kept } = await keptTree().head();
    await keep(large(), 'worker-2', { at: minutesLater(5) });
    expect(JSON.stringify(kept && (await keptTree().load(kept)))).toBe(JSON.stringify(first));
    const [old] = await chunksOf('worker-1');
    const [young] = await chunksOf('worker-2');
    // An hour after it was replaced; two days after it was written.
    expect(old?.expiresAt).toBe(minutesLater(65).getTime() / 1000);
    expect(young?.expiresAt).toBe(minutesLater(5 + 2 * 24 * 60).getTime() / 1000);
  });

  it.each([
    [
      'is missing',
      (key: { finding: string; record: string }) => new DeleteCommand({ TableName: tableName, Key: key }),
    ],
    [
      'is another one',
      (key: { finding: string; record: string }) =>
        new PutCommand({ TableName: tableName, Item: { ...key, content: randomBytes(10) } }),
    ],
    [
      'is no content',
      (key: { finding: string; record: string }) =>
        new PutCommand({ TableName: tableName, Item: { ...key, content: 7 } }),
    ],
  ])('is none when one of its chunks %s', async (_what, spoil) => {
    await keep(large(), 'worker-1');
    const command = spoil({ finding: 'organization', record: 'chunk#worker-1#0001' });
    const documents = documentsOn(moto.endpoint);
    await (command instanceof DeleteCommand ? documents.send(command) : documents.send(command));
    expect(await loaded()).toBeUndefined();
    await keep({ small: true }, 'worker-2', { at: minutesLater(5) });
    expect(await loaded()).toEqual({ small: true });
  });
});

describe('the lease for reading the organization', () => {
  const lease = (holder: string, at: Date, more: object = {}) =>
    keptTree().lease({
      holder,
      now: at,
      until: new Date(at.getTime() + 60_000),
      seen: undefined,
      ...more,
    });

  it('is given to one at a time, and ends by itself', async () => {
    expect(await lease('one', now)).toBe(true);
    expect(await lease('other', now)).toBe(false);
    expect(await lease('other', minutesLater(1))).toBe(true);
  });

  it('is not given to who has seen another tree than the one that is kept', async () => {
    const { seen } = await keptTree().head();
    await keep('first', 'worker-1');
    expect(await lease('late', minutesLater(5), { seen })).toBe(false);
    expect(await lease('late', minutesLater(5), { seen: (await keptTree().head()).seen })).toBe(true);
  });

  it('is given out of turn only so long after the last time', async () => {
    const { seen } = await keep('first', 'worker-1').then(() => keptTree().head());
    expect(await lease('one', minutesLater(5), { seen, forcedBefore: minutesLater(4) })).toBe(true);
    expect(await lease('two', minutesLater(6), { seen, forcedBefore: minutesLater(4.9) })).toBe(false);
    expect(await lease('three', minutesLater(6), { seen, forcedBefore: minutesLater(5) })).toBe(true);
  });

  it('that was lost keeps nothing', async () => {
    await keep('first', 'worker-1');
    const { seen } = await keptTree().head();
    await lease('slow', minutesLater(5), { seen });
    await lease('fast', minutesLater(7), { seen });
    const read = { content: 'late', readAt: minutesLater(5), tookMilliseconds: 1 };
    await expect(keptTree().keep(read, { holder: 'slow', now: minutesLater(7) })).rejects.toThrow(
      LeaseLostError,
    );
    await keptTree().giveUp('slow', 'It was slow.', minutesLater(8));
    expect(await loaded()).toBe('first');
    expect(await keptTree().head()).toMatchObject({ leaseHolder: 'fast' });
    expect(await keptTree().head()).not.toHaveProperty('failure');
  });

  it('tells, after it was given up, why, and when somebody may try again', async () => {
    await lease('one', now);
    await keptTree().giveUp('one', 'Throttled.', minutesLater(2));
    expect(await keptTree().head()).toMatchObject({
      failure: 'Throttled.',
      leaseUntil: minutesLater(2).toISOString(),
    });
    expect(await lease('other', minutesLater(1.9))).toBe(false);
    expect(await lease('other', minutesLater(2))).toBe(true);
    const { Item: item } = await documentsOn(moto.endpoint).send(
      new GetCommand({ TableName: tableName, Key: { finding: 'organization', record: 'head' } }),
    );
    expect(item).not.toHaveProperty('failure');
  });
});
