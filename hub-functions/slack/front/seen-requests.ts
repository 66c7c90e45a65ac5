import { createHash } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { slackRequestPrefix } from '../../../core/names';

/** A signature is good for five minutes; the clock of whoever made it may differ. Seconds. */
const rememberedSeconds = 24 * 60 * 60;

/**
 * Requests of Slack that were taken, in the ledger's table, by a digest of their signatures: the same request is taken once. The
 * table's TTL attribute `expiresAt` removes them.
 */
export class SeenRequests {
  /** @param now milliseconds since the epoch */
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly tableName: string,
    private readonly now: () => number,
  ) {}

  /** @returns false where the request was taken before */
  async take(signature: string): Promise<boolean> {
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.tableName,
          Item: {
            ...keyOf(signature),
            expiresAt: { N: String(Math.ceil(this.now() / 1_000) + rememberedSeconds) },
          },
          ConditionExpression: 'attribute_not_exists(#finding)',
          ExpressionAttributeNames: { '#finding': 'finding' },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  /** Forgets a request of which nothing came, so that it may come again. */
  async forget(signature: string): Promise<void> {
    await this.client.send(new DeleteItemCommand({ TableName: this.tableName, Key: keyOf(signature) }));
  }
}

function keyOf(signature: string) {
  const digest = createHash('sha256').update(signature).digest('hex');
  return { finding: { S: `${slackRequestPrefix}${digest}` }, record: { S: 'request' } };
}
