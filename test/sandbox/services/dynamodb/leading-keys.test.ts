import { UnsupportedError } from '../../../../sandbox/failures';
import type { ApiCall } from '../../../../sandbox/gateway/api';
import { neededAccess } from '../../../../sandbox/gateway/authorize-call';
import { Learned } from '../../../../sandbox/gateway/learned';
import { learnKeys } from '../../../../sandbox/services/dynamodb/observe';
import { administrator, ask, member, policy, ruleSession } from '../../gateway/authorization/questions';

const region = 'eu-west-1';

function call(operation: string, parameters: Record<string, unknown>): ApiCall {
  return {
    service: 'dynamodb',
    operation,
    parameters,
    region,
    principal: administrator,
    accountId: member,
    method: 'POST',
    url: '/',
    headers: {},
    body: Buffer.alloc(0),
  };
}

/** Two tables whose partition keys have other names; the index of the first has a third. */
const learned = new Learned();
const keySchema = (hash: string, range: string) => [
  { AttributeName: range, KeyType: 'RANGE' },
  { AttributeName: hash, KeyType: 'HASH' },
];
learnKeys(
  call('CreateTable', {
    TableName: 'notes',
    KeySchema: keySchema('owner', 'at'),
    GlobalSecondaryIndexes: [{ IndexName: 'due', KeySchema: keySchema('state', 'dueAt') }],
  }),
  learned,
);
learnKeys(call('CreateTable', { TableName: 'counts', KeySchema: keySchema('day', 'hour') }), learned);
learnKeys(
  call('UpdateTable', {
    TableName: 'counts',
    GlobalSecondaryIndexUpdates: [
      { Create: { IndexName: 'later', KeySchema: keySchema('hour', 'day') } },
      {
        Create: {
          IndexName: 'wide',
          KeySchema: ['a', 'b'].map((AttributeName) => ({ AttributeName, KeyType: 'HASH' })),
        },
      },
    ],
  }),
  learned,
);

const own = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['own#*', '7'] } };
const named = { Null: { 'dynamodb:LeadingKeys': 'false' } };

/** Whether a role may make a call that may do everything in DynamoDB under a condition. */
function allowed(condition: object, operation: string, parameters: Record<string, unknown>): boolean {
  const needed = neededAccess(call(operation, parameters), learned) ?? [];
  return (
    needed.length > 0 &&
    needed.every(
      ({ action, resource, context }) =>
        ask({
          principal: ruleSession,
          action,
          resource,
          ...(context && { context }),
          identity: [policy({ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*', Condition: condition })],
        }).allowed,
    )
  );
}

const mine = { owner: { S: 'own#1' }, at: { S: 'x' } };
const others = { owner: { S: 'other' }, at: { S: 'own#1' } };
const seven = { day: { N: '7' }, hour: { N: '8' } };

describe('dynamodb:LeadingKeys', () => {
  const cases: [string, boolean, string, Record<string, unknown>][] = [
    ['the key of GetItem', true, 'GetItem', { TableName: 'notes', Key: mine }],
    ['another key of GetItem', false, 'GetItem', { TableName: 'notes', Key: others }],
    ['the item of PutItem', true, 'PutItem', { TableName: 'notes', Item: { ...mine, text: { S: 'other' } } }],
    ['another item of PutItem', false, 'PutItem', { TableName: 'notes', Item: others }],
    ['the key of UpdateItem', true, 'UpdateItem', { TableName: 'notes', Key: mine }],
    ['another key of UpdateItem', false, 'UpdateItem', { TableName: 'notes', Key: others }],
    ['the key of DeleteItem', true, 'DeleteItem', { TableName: 'notes', Key: mine }],
    ['another key of DeleteItem', false, 'DeleteItem', { TableName: 'notes', Key: others }],
    ['a number as key', true, 'GetItem', { TableName: 'counts', Key: seven }],
    [
      'a table named by its ARN',
      false,
      'GetItem',
      { TableName: `arn:aws:dynamodb:${region}:${member}:table/notes`, Key: others },
    ],
    [
      'a Query by name and value',
      true,
      'Query',
      {
        TableName: 'notes',
        KeyConditionExpression: 'owner=:own AND #at BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':own': { S: 'own#1' }, ':from': { S: 'a' }, ':to': { S: 'b' } },
      },
    ],
    [
      'a Query whose sort key alone would be allowed',
      false,
      'Query',
      {
        TableName: 'notes',
        KeyConditionExpression: '#at = :own AND #owner = :other',
        ExpressionAttributeNames: { '#at': 'at', '#owner': 'owner' },
        ExpressionAttributeValues: { ':own': { S: 'own#1' }, ':other': { S: 'other' } },
      },
    ],
    [
      'a Query whose name for another attribute looks like the partition key',
      false,
      'Query',
      {
        TableName: 'notes',
        KeyConditionExpression: '#owner = :own AND #x = :other',
        ExpressionAttributeNames: { '#owner': 'at', '#x': 'owner' },
        ExpressionAttributeValues: { ':own': { S: 'own#1' }, ':other': { S: 'other' } },
      },
    ],
    [
      'a Query that compares the key twice',
      false,
      'Query',
      {
        TableName: 'notes',
        KeyConditionExpression: 'owner = :own AND owner = :other',
        ExpressionAttributeValues: { ':own': { S: 'own#1' }, ':other': { S: 'other' } },
      },
    ],
    [
      'a Query with KeyConditions',
      true,
      'Query',
      {
        TableName: 'notes',
        KeyConditions: { owner: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'own#1' }] } },
      },
    ],
    [
      'another Query with KeyConditions',
      false,
      'Query',
      {
        TableName: 'notes',
        KeyConditions: { owner: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'other' }] } },
      },
    ],
    [
      "a Query of an index, by the index's key",
      true,
      'Query',
      {
        TableName: 'notes',
        IndexName: 'due',
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'state' },
        ExpressionAttributeValues: { ':s': { S: 'own#due' } },
      },
    ],
    [
      'a Query of an index that came later',
      false,
      'Query',
      {
        TableName: 'counts',
        IndexName: 'later',
        KeyConditionExpression: '#h = :h',
        ExpressionAttributeNames: { '#h': 'hour' },
        ExpressionAttributeValues: { ':h': { N: '8' } },
      },
    ],
    ['all keys of BatchGetItem', true, 'BatchGetItem', { RequestItems: { notes: { Keys: [mine, mine] } } }],
    [
      'BatchGetItem with one other key',
      false,
      'BatchGetItem',
      { RequestItems: { notes: { Keys: [mine, others] } } },
    ],
    [
      'all items of BatchWriteItem, each by its own table',
      true,
      'BatchWriteItem',
      {
        RequestItems: {
          notes: [{ PutRequest: { Item: mine } }],
          counts: [{ DeleteRequest: { Key: seven } }],
        },
      },
    ],
    [
      'BatchWriteItem with another item to delete',
      false,
      'BatchWriteItem',
      { RequestItems: { notes: [{ PutRequest: { Item: mine } }, { DeleteRequest: { Key: others } }] } },
    ],
    [
      'every element of TransactWriteItems',
      true,
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: 'notes', Item: mine } },
          { Update: { TableName: 'counts', Key: seven } },
          { Delete: { TableName: 'notes', Key: mine } },
          { ConditionCheck: { TableName: 'notes', Key: mine } },
        ],
      },
    ],
    ...(['Update', 'Delete', 'ConditionCheck'] as const).map(
      (kind): [string, boolean, string, Record<string, unknown>] => [
        `TransactWriteItems with another key in ${kind}`,
        false,
        'TransactWriteItems',
        {
          TransactItems: [
            { Put: { TableName: 'notes', Item: mine } },
            { [kind]: { TableName: 'notes', Key: others } },
          ],
        },
      ],
    ),
    [
      'TransactGetItems with another key',
      false,
      'TransactGetItems',
      {
        TransactItems: [
          { Get: { TableName: 'notes', Key: mine } },
          { Get: { TableName: 'notes', Key: others } },
        ],
      },
    ],
    ['Scan, which names none', false, 'Scan', { TableName: 'notes' }],
  ];
  it.each(cases)('%s: allowed %s', (_, expected, operation, parameters) => {
    expect(allowed({ ...own, ...named }, operation, parameters)).toBe(expected);
  });

  it('lets Scan through where only ForAllValues limits it, as AWS does', () => {
    expect(allowed(own, 'Scan', { TableName: 'notes' })).toBe(true);
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['a table that nobody created', 'GetItem', { TableName: 'unknown', Key: mine }],
    ['an item without its key', 'PutItem', { TableName: 'notes', Item: { at: { S: 'own#1' } } }],
    ['a binary key', 'GetItem', { TableName: 'notes', Key: { owner: { B: 'b3duIzE=' } } }],
    [
      'a Query of another form',
      'Query',
      {
        TableName: 'notes',
        KeyConditionExpression: ':own = owner',
        ExpressionAttributeValues: { ':own': { S: 'own#1' } },
      },
    ],
    [
      'an index with two partition keys',
      'Query',
      {
        TableName: 'counts',
        IndexName: 'wide',
        KeyConditionExpression: 'a = :own AND b = :own',
        ExpressionAttributeValues: { ':own': { S: 'own#1' } },
      },
    ],
    ['PartiQL', 'ExecuteStatement', { Statement: `SELECT * FROM notes WHERE owner = 'own#1'` }],
  ])('refuses to guess about %s, but only where a policy asks for the key', (_, operation, parameters) => {
    expect(() => allowed(own, operation, parameters)).toThrow(UnsupportedError);
    expect(() => allowed(named, operation, parameters)).toThrow(UnsupportedError);
    expect(allowed({}, operation, parameters)).toBe(true);
  });
});
