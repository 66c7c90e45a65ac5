import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  paginateQuery,
  paginateScan,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { ledgerDueIndexName, ledgerTableName as TableName } from '../../../../core/names';
import { ledgerDocuments } from '../../../../ledger/table/documents';
import { awsWithLedger } from '../../support';
import type { InMemoryAws } from '../in-memory-aws';
import type { Item } from './values';

let aws: InMemoryAws;
let restore: () => void;
const documents = ledgerDocuments({ region: 'eu-west-1' });

beforeEach(() => {
  aws = awsWithLedger();
  restore = aws.install();
});
afterEach(() => restore());

const key = (record: string, finding = 'f') => ({ finding, record });
const put = (item: object, more: object = {}) =>
  documents.send(new PutCommand({ TableName, Item: { ...key('1'), ...item }, ...more }));
const get = async (record = '1') =>
  (await documents.send(new GetCommand({ TableName, Key: key(record), ConsistentRead: true }))).Item;
const whole: QueryCommandInput = {
  TableName,
  KeyConditionExpression: 'finding = :f',
  ExpressionAttributeValues: { ':f': 'f' },
};

describe('an item', () => {
  it('shares nothing with what was put or got, and keeps bytes, sets and nulls', async () => {
    const item = { list: [{ a: 1 }], bytes: new Uint8Array([1, 2]), set: new Set(['x']), nothing: null };
    await put(item);
    item.list.push({ a: 2 });
    item.bytes[0] = 9;
    const read = (await get()) ?? {};
    expect(read).toEqual({
      ...key('1'),
      list: [{ a: 1 }],
      bytes: new Uint8Array([1, 2]),
      set: new Set(['x']),
      nothing: null,
    });
    expect(read.bytes).toBeInstanceOf(Uint8Array);
    (read.list as object[]).push({ a: 3 });
    expect((await get())?.list).toEqual([{ a: 1 }]);
  });

  it('leaves undefined values out', async () => {
    await put({ a: undefined, list: [undefined, { b: undefined, c: 1 }] });
    expect(await get()).toEqual({ ...key('1'), list: [{ c: 1 }] });
  });

  it('is refused beyond 400 kB, and has a key that is text', async () => {
    await put({ text: 'x'.repeat(400 * 1024 - 50) });
    await expect(put({ text: 'x'.repeat(400 * 1024) })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(put({ record: 1 })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put({ dueAt: 1 })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put({ when: new (class When {})() })).rejects.toThrow('When');
  });

  it('goes when its time has come, and only then', async () => {
    const now = aws.clock.now();
    const seconds = Math.floor(now.getTime() / 1000);
    await put({ expiresAt: seconds });
    await put({ record: '2', expiresAt: seconds + 1 });
    await put({ record: '3' });
    expect(await get()).toBeDefined();
    expect(aws.dynamoDb.expire(now)).toBe(1);
    expect(aws.dynamoDb.items(TableName).map(({ record }) => record)).toEqual(['2', '3']);
  });

  it('is in a table that is there', async () => {
    await expect(documents.send(new GetCommand({ TableName: 'other', Key: key('1') }))).rejects.toMatchObject(
      {
        name: 'ResourceNotFoundException',
      },
    );
  });
});

describe('a conditional write', () => {
  const absent = { ConditionExpression: 'attribute_not_exists(finding)' };

  it('is refused with the item that is there, where that is asked for', async () => {
    await put({ a: 1 }, absent);
    await expect(put({ a: 2 }, absent)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    const asked = { ...absent, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    await expect(put({ a: 2 }, asked)).rejects.toMatchObject({
      Item: { ...key('1'), a: 1 },
      $fault: 'client',
    });
    expect(await get()).toMatchObject({ a: 1 });
  });

  it('answers what was there, or is there now', async () => {
    await put({ a: 1 });
    const update = {
      TableName,
      Key: key('1'),
      UpdateExpression: 'SET a = a + :one',
      ExpressionAttributeValues: { ':one': 1 },
    };
    const updating = (ReturnValues: 'ALL_OLD' | 'ALL_NEW') =>
      documents.send(new UpdateCommand({ ...update, ReturnValues }));
    expect((await updating('ALL_NEW')).Attributes).toEqual({ ...key('1'), a: 2 });
    expect((await updating('ALL_OLD')).Attributes).toEqual({ ...key('1'), a: 2 });
    const gone = await documents.send(
      new DeleteCommand({ TableName, Key: key('1'), ReturnValues: 'ALL_OLD' }),
    );
    expect(gone.Attributes).toEqual({ ...key('1'), a: 3 });
    await expect(
      documents.send(new UpdateCommand({ ...update, UpdateExpression: 'SET finding = :one' })),
    ).rejects.toThrow('part of the key');
  });

  it('makes one winner of any number of writers that read the same version', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 30 }),
        async (seen) => {
          await put({ version: 0 });
          let version = 0;
          for (const read of seen) {
            const attempt = put(
              { version: read + 1 },
              { ConditionExpression: 'version = :seen', ExpressionAttributeValues: { ':seen': read } },
            );
            const isMade = await attempt.then(
              () => true,
              () => false,
            );
            expect(isMade).toBe(read === version);
            if (isMade) version += 1;
          }
          expect(await get()).toMatchObject({ version });
        },
      ),
      { seed: 8, numRuns: 50 },
    );
  });
});

describe('a transaction', () => {
  const write = (record: string, a: number, seen?: number) => ({
    Put: {
      TableName,
      Item: { ...key(record), a },
      ...(seen !== undefined && { ConditionExpression: 'a = :a', ExpressionAttributeValues: { ':a': seen } }),
    },
  });
  const transact = (...TransactItems: object[]) =>
    documents.send(new TransactWriteCommand({ TransactItems }));

  it('is made whole or not at all, and tells which condition was not met', async () => {
    await put({ a: 1 });
    const refused = transact(write('1', 2, 1), write('2', 2, 1), { Delete: { TableName, Key: key('3') } });
    await expect(refused).rejects.toBeInstanceOf(TransactionCanceledException);
    await expect(refused).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }, { Code: 'None' }],
    });
    expect(aws.dynamoDb.items(TableName)).toEqual([{ ...key('1'), a: 1 }]);
    await transact(write('1', 2, 1), write('2', 2), {
      ConditionCheck: { TableName, Key: key('3'), ConditionExpression: 'attribute_not_exists(finding)' },
    });
    expect(aws.dynamoDb.items(TableName)).toEqual([
      { ...key('1'), a: 2 },
      { ...key('2'), a: 2 },
    ]);
  });

  it('writes an item once at most', async () => {
    await expect(transact(write('1', 1), write('1', 2))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('a query', () => {
  beforeEach(async () => {
    for (const record of ['b', 'a', 'd', 'c']) await put({ record, n: record.charCodeAt(0) });
    await put({ finding: 'other' });
  });
  const asked = async (more: Partial<QueryCommandInput>) => {
    const { Items = [], ...answer } = await documents.send(new QueryCommand({ ...whole, ...more }));
    return { ...answer, records: Items.map(({ record }) => record).join('') };
  };

  it('answers a partition in its order, and as much as is asked for', async () => {
    expect((await asked({})).records).toBe('abcd');
    expect((await asked({ ScanIndexForward: false })).records).toBe('dcba');
    const page = await asked({ Limit: 2 });
    expect(page).toMatchObject({ records: 'ab', LastEvaluatedKey: key('b'), Count: 2 });
    expect((await asked({ Limit: 2, ExclusiveStartKey: key('b') })).LastEvaluatedKey).toEqual(key('d'));
    expect(await asked({ ExclusiveStartKey: key('d') })).toMatchObject({ records: '', Count: 0 });
    expect((await asked({ ExclusiveStartKey: key('bb') })).records).toBe('cd');
  });

  it('filters after it has counted, and counts alone where that is asked for', async () => {
    const odd = {
      FilterExpression: 'n IN (:b, :d)',
      ExpressionAttributeValues: { ':f': 'f', ':b': 98, ':d': 100 },
    };
    expect(await asked({ ...odd, Limit: 3 })).toMatchObject({
      records: 'b',
      Count: 1,
      ScannedCount: 3,
      LastEvaluatedKey: key('c'),
    });
    const { Items, Count } = await documents.send(new QueryCommand({ ...whole, ...odd, Select: 'COUNT' }));
    expect({ Items, Count }).toEqual({ Items: undefined, Count: 2 });
  });

  it.each<[string, Record<string, string>, string]>([
    ['finding = :f AND record BETWEEN :x AND :y', { ':x': 'b', ':y': 'c' }, 'bc'],
    ['finding = :f AND begins_with(record, :x)', { ':x': 'c' }, 'c'],
    ['finding = :f AND record >= :x', { ':x': 'c' }, 'cd'],
  ])('takes %s', async (KeyConditionExpression, values, records) => {
    const ExpressionAttributeValues = { ':f': 'f', ...values };
    expect((await asked({ KeyConditionExpression, ExpressionAttributeValues })).records).toBe(records);
  });

  it.each(['record = :f', 'finding > :f', 'finding = :f OR record = :f', 'finding = :f AND n = :f'])(
    'refuses %s',
    async (KeyConditionExpression) => {
      await expect(asked({ KeyConditionExpression })).rejects.toMatchObject({ name: 'ValidationException' });
    },
  );

  it('shows what a projection names', async () => {
    const { Items } = await documents.send(
      new QueryCommand({ ...whole, Limit: 1, ProjectionExpression: 'n' }),
    );
    expect(Items).toEqual([{ n: 97 }]);
  });
});

describe('pages', () => {
  const items = fc.uniqueArray(
    fc.record({
      finding: fc.constantFrom('f', 'g', 'h'),
      record: fc.constantFrom('1', '2', '3', '4', '5'),
      sweep: fc.constantFrom('due', undefined),
      dueAt: fc.constantFrom('2026-01', '2026-02', undefined),
    }),
    { selector: ({ finding, record }) => `${finding} ${record}`, maxLength: 15 },
  );
  const all = async (pages: AsyncIterable<{ Items?: Record<string, unknown>[] | undefined }>) => {
    const found: unknown[] = [];
    for await (const { Items = [] } of pages) found.push(...Items);
    return found;
  };
  const nameOf = (item: unknown) => JSON.stringify([(item as Item).finding, (item as Item).record]);

  it('hold everything once, whatever their size', async () => {
    await fc.assert(
      fc.asyncProperty(
        items,
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        async (items, Limit, ScanIndexForward) => {
          restore();
          aws = awsWithLedger();
          restore = aws.install();
          for (const item of items) aws.dynamoDb.put(TableName, item);
          const client = { client: documents };
          const scanned = await all(paginateScan(client, { TableName, Limit }));
          expect(scanned.map(nameOf).sort()).toEqual(items.map(nameOf).sort());
          const queried = await all(paginateQuery(client, { ...whole, Limit, ScanIndexForward }));
          const expected = items
            .filter(({ finding }) => finding === 'f')
            .map(nameOf)
            .sort();
          expect(queried.map(nameOf)).toEqual(ScanIndexForward ? expected : expected.reverse());
          const indexed = await all(
            paginateQuery(client, {
              TableName,
              IndexName: ledgerDueIndexName,
              KeyConditionExpression: 'sweep = :due AND dueAt <= :now',
              ExpressionAttributeValues: { ':due': 'due', ':now': '2026-02' },
              Limit,
              ScanIndexForward,
            }),
          );
          const due = items.filter(({ sweep, dueAt }) => sweep !== undefined && dueAt !== undefined);
          expect(indexed.map(nameOf).sort()).toEqual(due.map(nameOf).sort());
          const times = indexed.map((item) => (item as Item).dueAt);
          expect(times).toEqual(ScanIndexForward ? [...times].sort() : [...times].sort().reverse());
        },
      ),
      { seed: 8, numRuns: 50 },
    );
  });

  it('end at a megabyte', async () => {
    for (const record of ['1', '2', '3', '4', '5']) await put({ record, text: 'x'.repeat(300_000) });
    const { Count, LastEvaluatedKey } = await documents.send(new ScanCommand({ TableName }));
    expect({ Count, LastEvaluatedKey }).toEqual({ Count: 4, LastEvaluatedKey: key('4') });
  });

  it('end where a scan may look at no more, whatever it asks for', async () => {
    for (const record of ['1', '2', '3']) await put({ record });
    const scanned = async (more: object = {}) =>
      (await documents.send(new ScanCommand({ TableName, ...more }))).Count;
    aws.dynamoDb.mostScanned = 2;
    expect([await scanned(), await scanned({ Limit: 1 }), await scanned({ Limit: 3 })]).toEqual([2, 1, 2]);
  });
});

describe('the index', () => {
  const due = async (more: Partial<QueryCommandInput> = {}) => {
    const { Items } = await documents.send(
      new QueryCommand({
        TableName,
        IndexName: ledgerDueIndexName,
        KeyConditionExpression: 'sweep = :due',
        ExpressionAttributeValues: { ':due': 'due' },
        ...more,
      }),
    );
    return Items;
  };

  it('holds the keys of items that have both of its own', async () => {
    await put({ sweep: 'due', dueAt: '2026-02', more: 1 });
    await put({ record: '2', sweep: 'due' });
    await put({ record: '3', dueAt: '2026-01' });
    expect(await due()).toEqual([{ ...key('1'), sweep: 'due', dueAt: '2026-02' }]);
    await expect(due({ ConsistentRead: true })).rejects.toThrow('Consistent reads');
  });

  it('is behind by as many writes as it may be, and catches up', async () => {
    aws.dynamoDb.consistency = { mostWritesBehind: 2 };
    await put({ sweep: 'due', dueAt: '2026-01' });
    await put({ sweep: 'due', dueAt: '2026-02' });
    expect(await due()).toEqual([]);
    await put({ record: '2' });
    expect(await due()).toMatchObject([{ dueAt: '2026-01' }]);
    expect(await get()).toMatchObject({ dueAt: '2026-02' });
    aws.dynamoDb.consistency = { mostWritesBehind: 2, random: () => 0 };
    expect(await due()).toMatchObject([{ dueAt: '2026-02' }]);
  });
});

it('says what it does not know, and so does the harness', async () => {
  const odd = async () =>
    documents.send(new GetCommand({ TableName, Key: key('1'), AttributesToGet: ['a'] }));
  expect(await aws.run('function', 60_000, odd).ended).toMatchObject({ kind: 'threw' });
  expect(aws.violations).toEqual(['Get: Error: The in-memory DynamoDB does not know AttributesToGet.']);
});
