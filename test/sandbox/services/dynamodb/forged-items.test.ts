import {
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { ledgerTableName } from '../../../../core/names';
import { assemble, hubAccount, propertiesOf, stackTemplate } from '../../../infra/support/assemble';
import { HubAuthorization } from '../../../infra/support/hub-authorization';
import { TestSandbox, trust } from '../../gateway/sandbox';

const TableName = ledgerTableName;
const Key = {
  finding: { S: '333333333333#eu-west-1#security-group-open-ports#sg-0123' },
  record: { S: 'occurrence#000001' },
};
const waiting = { ...Key, state: { S: 'waiting' } };
const forged = { ...waiting, decision: { M: { what: { S: 'approved' } } } };
const entry = { finding: { S: 'post#C0123456789' }, record: { S: 'card#1' } };

const sandbox = new TestSandbox();
let administrator: DynamoDBClient;
let remediation: DynamoDBClient;
let notifier: DynamoDBClient;

beforeAll(async () => {
  await sandbox.start();
  const template = stackTemplate(await assemble('approval'), 'staunch-hub');
  administrator = new DynamoDBClient(sandbox.as(sandbox.hub));
  const table = propertiesOf(template, 'AWS::DynamoDB::Table', 'TableName', TableName);
  const { AttributeDefinitions, BillingMode, GlobalSecondaryIndexes, KeySchema } = table as Pick<
    CreateTableCommandInput,
    'AttributeDefinitions' | 'BillingMode' | 'GlobalSecondaryIndexes' | 'KeySchema'
  >;
  await administrator.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions,
      BillingMode,
      GlobalSecondaryIndexes,
      KeySchema,
    }),
  );
  remediation = await functionOf(template, 'staunch-remediate-security-group');
  notifier = await functionOf(template, 'staunch-notifier');
}, 90_000);

beforeEach(() => administrator.send(new PutItemCommand({ TableName, Item: waiting })));

afterAll(() => sandbox.stop());

/** A client with the rights that the template gives a function. */
async function functionOf(
  template: ConstructorParameters<typeof HubAuthorization>[0],
  roleName: string,
): Promise<DynamoDBClient> {
  const statements = new HubAuthorization(template)
    .policiesOf(roleName)
    .map((policy) => JSON.parse(policy.replaceAll(hubAccount, sandbox.hub)) as { Statement: object[] })
    .flatMap(({ Statement }) => Statement);
  const role = await sandbox.createRole(sandbox.hub, roleName, trust(sandbox.hub), ...statements);
  return new DynamoDBClient(sandbox.as(await sandbox.assume(sandbox.hub, role)));
}

/** Every way to write a decision that nobody made. */
const forging: [string, (client: DynamoDBClient) => Promise<unknown>][] = [
  ['PutItem', (client) => client.send(new PutItemCommand({ TableName, Item: forged }))],
  [
    'UpdateItem',
    (client) =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: 'SET decision = :decision',
          ExpressionAttributeValues: { ':decision': forged.decision },
        }),
      ),
  ],
  [
    'BatchWriteItem',
    (client) =>
      client.send(
        new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: forged } }] } }),
      ),
  ],
  [
    'TransactWriteItems, behind a note of its own',
    (client) =>
      client.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: { TableName, Item: entry } }, { Put: { TableName, Item: forged } }],
        }),
      ),
  ],
  [
    'PartiQL',
    (client) =>
      client.send(
        new ExecuteStatementCommand({
          Statement: `UPDATE "${TableName}" SET decision = 'approved' WHERE finding = '${Key.finding.S}' AND record = '${Key.record.S}'`,
        }),
      ),
  ],
];

describe.each([
  ['a remediation function', () => remediation],
  ['the notifier', () => notifier],
])('a decision that %s forges', (_, client) => {
  it.each(forging)('is denied: %s', async (_operation, forge) => {
    await expect(forge(client())).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const { Item } = await administrator.send(new GetItemCommand({ TableName, Key }));
    expect(Item).toEqual(waiting);
  });
});

describe('the ledger', () => {
  const queryOf = (finding: string) =>
    new QueryCommand({
      TableName,
      KeyConditionExpression: '#finding = :finding',
      ExpressionAttributeNames: { '#finding': 'finding' },
      ExpressionAttributeValues: { ':finding': { S: finding } },
    });

  it('shows a remediation function the stop switch, and nothing else', async () => {
    const stop = { finding: { S: 'stop-switch' }, record: { S: 'organization' } };
    await administrator.send(new PutItemCommand({ TableName, Item: stop }));

    expect((await remediation.send(queryOf('stop-switch'))).Items).toEqual([stop]);
    const denied = { name: 'AccessDeniedException' };
    await expect(remediation.send(queryOf(Key.finding.S))).rejects.toMatchObject(denied);
    await expect(remediation.send(new ScanCommand({ TableName }))).rejects.toMatchObject(denied);
  });

  it('takes what the notifier puts into the outbox, which it cannot read', async () => {
    await notifier.send(new PutItemCommand({ TableName, Item: entry }));
    await expect(notifier.send(queryOf(entry.finding.S))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});
