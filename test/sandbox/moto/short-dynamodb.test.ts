import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Moto } from '../../../sandbox/moto/moto';
import { startTestMoto } from '../../support/moto';

let moto: Moto;
let documents: DynamoDBDocumentClient;
const TableName = 'things';

beforeAll(async () => {
  moto = await startTestMoto();
  documents = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: moto.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    }),
  );
  await documents.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'one', KeyType: 'HASH' },
        { AttributeName: 'two', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['one', 'two', 'state', 'at'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-state',
          KeySchema: [
            { AttributeName: 'state', KeyType: 'HASH' },
            { AttributeName: 'at', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  for (const [one, two, state, at] of [
    ['b', '2', 'open', '3'],
    ['a', '1', 'open', '9'],
    ['b', '1', 'open', '1'],
    ['a', '3', 'done', '2'],
    ['a', '2', 'open', '1'],
  ])
    await documents.send(new PutCommand({ TableName, Item: { one, two, state, at, held: { list: [1] } } }));
});
afterAll(() => moto.stop());

const all = async () => {
  const { Items = [] } = await documents.send(new ScanCommand({ TableName }));
  return Items;
};
const key = (one: string, two: string) => ({ one, two });
const found = ({ Items = [] }: { Items?: Record<string, unknown>[] | undefined }) =>
  Items.map(({ one, two }) => `${one}${two}`);

/** Changes what is there, puts what is not, and takes away, before it fails. */
const failing = [
  {
    Update: {
      TableName,
      Key: key('a', '1'),
      UpdateExpression: 'SET #held.#list = :more, #state = :done',
      ExpressionAttributeNames: { '#held': 'held', '#list': 'list', '#state': 'state' },
      ExpressionAttributeValues: { ':more': [1, 2], ':done': 'done' },
    },
  },
  { Put: { TableName, Item: { ...key('c', '1'), state: 'open' } } },
  { Put: { TableName, Item: { ...key('a', '2'), state: 'other' } } },
  { Delete: { TableName, Key: key('b', '1') } },
];

it('leaves everything as it was when one of the writes of a transaction is refused', async () => {
  const before = await all();
  const refused = documents.send(
    new TransactWriteCommand({
      TransactItems: [
        ...failing,
        {
          ConditionCheck: {
            TableName,
            Key: key('b', '2'),
            ConditionExpression: 'attribute_not_exists(#one)',
            ExpressionAttributeNames: { '#one': 'one' },
          },
        },
      ],
    }),
  );

  await expect(refused).rejects.toMatchObject({ name: 'TransactionCanceledException' });
  expect(await all()).toEqual(before);
});

it('leaves everything as it was when a transaction writes the same item twice', async () => {
  const before = await all();
  const refused = documents.send(
    new TransactWriteCommand({ TransactItems: [...failing, { Delete: { TableName, Key: key('a', '1') } }] }),
  );

  await expect(refused).rejects.toThrow();
  expect(await all()).toEqual(before);
});

it('finds the items of one key in order, in either direction, and page by page', async () => {
  const query = (more: object) =>
    documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: '#one = :one',
        ExpressionAttributeNames: { '#one': 'one' },
        ExpressionAttributeValues: { ':one': 'a' },
        ...more,
      }),
    );

  expect(found(await query({}))).toEqual(['a1', 'a2', 'a3']);
  expect(found(await query({ ScanIndexForward: false }))).toEqual(['a3', 'a2', 'a1']);
  const first = await query({ Limit: 2 });
  expect(found(first)).toEqual(['a1', 'a2']);
  expect(found(await query({ ExclusiveStartKey: first.LastEvaluatedKey }))).toEqual(['a3']);
  expect(found(await query({ ExpressionAttributeValues: { ':one': 'none' } }))).toEqual([]);
});

it("finds the items of an index in the order of the index's keys", async () => {
  const query = (more: object) =>
    documents.send(
      new QueryCommand({
        TableName,
        IndexName: 'by-state',
        KeyConditionExpression: '#state = :state',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':state': 'open' },
        ...more,
      }),
    );

  expect(found(await query({}))).toEqual(['a2', 'b1', 'b2', 'a1']);
  const first = await query({ Limit: 3 });
  expect(found(await query({ ExclusiveStartKey: first.LastEvaluatedKey }))).toEqual(['a1']);
});

it('lists a table by its keys after it was queried', async () => {
  expect(found({ Items: await all() })).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);
});
