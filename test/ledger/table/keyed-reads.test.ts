import { type BatchGetCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { RecordError } from '../../../ledger/table/errors';
import { ItemsUnreadError, KeyedReads, type Wanted } from '../../../ledger/table/keyed-reads';
import type { Moto } from '../../../sandbox/moto/moto';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { MemoryTables } from '../../support/memory-documents';
import { startTestMoto } from '../../support/moto';
import { seeded } from '../../support/seeded';
import { VirtualPauses } from '../../support/virtual-pauses';

const keysOf = (...records: number[]) => records.map((record) => ({ finding: 'a', record: String(record) }));
const values = (...records: number[]): Wanted<unknown[]> => ({
  keys: keysOf(...records),
  understood: (items) => items.map((item) => item?.value),
});
const broken: Wanted<never> = {
  keys: keysOf(1),
  understood: () => {
    throw new RecordError('It cannot be understood.');
  },
};

/** Tables in memory that answer so many keys a call, and none of some calls. */
function slow(most: number, isUnanswered: (call: number) => boolean = () => false) {
  const tables = new MemoryTables();
  const asked: (typeof BatchGetCommand.prototype.input)[] = [];
  const real = tables.documents();
  const documents: DynamoDBDocumentClient = Object.create(real);
  const send = async (command: BatchGetCommand) => {
    asked.push(structuredClone(command.input));
    const { t: { Keys = [] } = {} } = command.input.RequestItems ?? {};
    const answered = isUnanswered(asked.length) ? 0 : most;
    command.input.RequestItems = { t: { Keys: Keys.slice(0, answered) } };
    const answer = await real.send(command);
    const left = Keys.slice(answered);
    return { ...answer, UnprocessedKeys: left.length > 0 ? { t: { Keys: left, ConsistentRead: true } } : {} };
  };
  Object.defineProperty(documents, 'send', { value: send });
  const pauses = new VirtualPauses();
  const reads = new KeyedReads(documents, 't', { pause: pauses.pause, random: seeded(7) });
  return { tables, asked, pauses, reads };
}

describe('what is read by keys together', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startTestMoto();
  });
  afterAll(() => moto.stop());

  it('is each as it is now, in the order of the keys, in one call', async () => {
    await createLedgerTable(moto.endpoint, 'keyed');
    const documents = documentsOn(moto.endpoint);
    const tables = new KeyedReads(documents, 'keyed');
    for (const key of keysOf(1, 2, 3)) {
      await documents.send(new PutCommand({ TableName: 'keyed', Item: { ...key, value: `v${key.record}` } }));
    }
    const { one, other } = await tables.read({ one: values(3, 1), other: values(9, 1) });
    expect([one(), other()]).toEqual([
      ['v3', 'v1'],
      [undefined, 'v1'],
    ]);
  });

  it('is read consistently, each key once', async () => {
    const { reads, asked } = slow(100);
    await reads.read({ one: values(1, 2), other: values(2) });
    expect(asked).toEqual([{ RequestItems: { t: { Keys: keysOf(1, 2), ConsistentRead: true } } }]);
  });

  it('is asked for again as far as DynamoDB leaves it unread, a hundred keys a call', async () => {
    const { tables, reads, asked, pauses } = slow(40);
    const all = Array.from({ length: 150 }, (_, index) => index);
    for (const key of keysOf(...all)) tables.put('t', { ...key, value: Number(key.record) });
    expect((await reads.read({ all: values(...all) })).all()).toEqual(all);
    expect(asked.map(({ RequestItems }) => RequestItems?.t?.Keys?.length)).toEqual([100, 100, 70, 30]);
    expect(pauses.count).toBe(3);
  });

  it('is an error where it stays unread', async () => {
    const { reads, pauses } = slow(100, () => true);
    await expect(reads.read({ one: values(1) })).rejects.toThrow(ItemsUnreadError);
    expect(pauses.count).toBe(7);
  });

  it('is an error to whom it cannot be understood, and to nobody else', async () => {
    const { tables, reads } = slow(100);
    tables.put('t', { finding: 'a', record: '1', value: 'v1' });
    const { one, other } = await reads.read({ one: values(1), other: broken });
    expect(one()).toEqual(['v1']);
    expect(other).toThrow(RecordError);
  });
});
