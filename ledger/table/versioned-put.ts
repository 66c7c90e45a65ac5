import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { conditionally } from './conditionally';

/** An item whose `version` grows with each write. */
export interface VersionedItem {
  finding: string;
  record: string;
  version: number;
  [attribute: string]: unknown;
}

/**
 * Writes an item in the place of the one that was read.
 * @param seen the version that was read; 0 where there was none
 * @returns false when somebody else has written it since
 */
export function putVersioned(
  documents: DynamoDBDocumentClient,
  tableName: string,
  item: VersionedItem,
  seen: number,
): Promise<boolean> {
  return conditionally(() =>
    documents.send(
      new PutCommand({
        TableName: tableName,
        Item: item,
        ConditionExpression: seen === 0 ? 'attribute_not_exists(#version)' : '#version = :seen',
        ExpressionAttributeNames: { '#version': 'version' },
        ...(seen > 0 && { ExpressionAttributeValues: { ':seen': seen } }),
      }),
    ),
  );
}
