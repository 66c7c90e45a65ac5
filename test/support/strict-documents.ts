import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ledgerDocuments } from '../../ledger/table/documents';
import type { DynamoDb } from '../faults/aws/dynamodb/dynamodb';
import { awsWithLedger } from '../faults/support';

const shared = ledgerDocuments({ region: 'eu-west-1' });

/**
 * A document client on the ledger's tables in memory, as the scenarios with faults have them: they know whatever expression
 * DynamoDB knows, and refuse what it refuses. Where no call itself is tested, it is a hundred times cheaper than an emulator.
 */
export function strictDocuments(): DynamoDBDocumentClient {
  const { commands }: DynamoDb = awsWithLedger().dynamoDb;
  const client: DynamoDBDocumentClient = Object.create(shared);
  const send = async (command: { constructor: { name: string }; input: object }): Promise<object> => {
    // A call is never answered in the same turn.
    await Promise.resolve();
    const perform = commands[command.constructor.name.replace(/Command$/, '')];
    if (!perform) throw new Error(`The tables in memory know no ${command.constructor.name}.`);
    const caller = { session: undefined, region: '', removeUndefined: true };
    return { $metadata: {}, ...Object(await perform(command.input as never, caller)) };
  };
  Object.defineProperty(client, 'send', { value: send });
  return client;
}
