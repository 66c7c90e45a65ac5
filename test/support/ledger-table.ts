import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ledgerDueIndexName, ledgerOpenIndexName } from '../../core/names';
import { ledgerDocuments } from '../../ledger/table/documents';

const region = 'eu-west-1';

/** A document client on an emulator. */
export function documentsOn(endpoint: string): DynamoDBDocumentClient {
  return ledgerDocuments({ endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
}

/** Creates a ledger table with the keys and the index that the hub stack gives it. */
export async function createLedgerTable(endpoint: string, tableName: string): Promise<void> {
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['finding', 'record', 'sweep', 'dueAt', 'openIn', 'receivedAt'].map(
        (AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        }),
      ),
      KeySchema: [
        { AttributeName: 'finding', KeyType: 'HASH' },
        { AttributeName: 'record', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: ledgerDueIndexName,
          KeySchema: [
            { AttributeName: 'sweep', KeyType: 'HASH' },
            { AttributeName: 'dueAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: ledgerOpenIndexName,
          KeySchema: [
            { AttributeName: 'openIn', KeyType: 'HASH' },
            { AttributeName: 'receivedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  client.destroy();
}
