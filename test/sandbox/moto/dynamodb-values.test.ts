import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import type { Moto } from '../../../sandbox/moto/moto';
import { startTestMoto } from '../../support/moto';

const TableName = 'values';

let moto: Moto;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  moto = await startTestMoto();
  dynamodb = new DynamoDBClient({
    region: 'eu-west-1',
    endpoint: moto.endpoint,
    credentials: { accessKeyId: '123456789012', secretAccessKey: 'any' },
  });
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
}, 30_000);

afterAll(async () => {
  dynamodb.destroy();
  await moto.stop();
});

const bytes = (...members: number[]) => Uint8Array.from(members);

/** One of each type: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
const values: [string, AttributeValue][] = [
  ['a text', { S: 'Müller, "quoted" = & \u2028' }],
  ['an empty text', { S: '' }],
  ['a number', { N: '12345678901234567890.5' }],
  ['bytes', { B: bytes(0, 255, 61) }],
  ['true', { BOOL: true }],
  ['false', { BOOL: false }],
  ['null', { NULL: true }],
  ['a set of texts', { SS: ['one', 'two'] }],
  ['a set of numbers', { NS: ['1', '2.5'] }],
  ['a set of bytes', { BS: [bytes(1), bytes(2, 3)] }],
  ['an empty list', { L: [] }],
  ['an empty map', { M: {} }],
  ['a list of all kinds', { L: [{ S: 'a' }, { N: '1' }, { M: { deep: { L: [{ NULL: true }] } } }] }],
  ['a map with names of types', { M: { S: { N: '1' }, M: { M: { L: { L: [] } } }, B: { BOOL: false } } }],
  ['bytes in a map in a list', { L: [{ M: { raw: { B: bytes(9) }, text: { S: 'beside' } } }] }],
];

describe('a value in a table', () => {
  it.each(values)('is answered as it was put: %s', async (id, value) => {
    const Item = { id: { S: id }, value };
    await dynamodb.send(new PutItemCommand({ TableName, Item }));
    const got = await dynamodb.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }));
    const scanned = await dynamodb.send(new ScanCommand({ TableName }));

    expect(got.Item).toEqual(Item);
    expect(scanned.Items).toContainEqual(Item);
  });
});
