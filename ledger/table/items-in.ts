import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';

/**
 * The items of one partition of a table, by their sort keys, as they are now.
 * @param prefix of the sort key; all of them without one
 */
export async function* itemsIn(
  documents: DynamoDBDocumentClient,
  tableName: string,
  partition: string,
  prefix = '',
): AsyncGenerator<Record<string, unknown>> {
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: tableName,
      KeyConditionExpression: `#finding = :finding${prefix && ' AND begins_with(#record, :prefix)'}`,
      ExpressionAttributeNames: { '#finding': 'finding', ...(prefix && { '#record': 'record' }) },
      ExpressionAttributeValues: { ':finding': partition, ...(prefix && { ':prefix': prefix }) },
      ConsistentRead: true,
    },
  );
  for await (const { Items: items = [] } of pages) yield* items;
}
