import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * The document client that the ledger's classes take. Undefined values are left out of an item, as JSON does.
 * @param config of the DynamoDB client; by default the environment's
 */
export function ledgerDocuments(config: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  return documentsOf(new DynamoDBClient(config));
}

/** The same over a client that is there already. */
export function documentsOf(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
