import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

/** For so long nobody looks for an account again that the organization did not have; its tree is read anew in any case. */
const rememberedMilliseconds = 15 * 60_000;

/**
 * Accounts that AWS Organizations did not know when it was asked, in the ledger's table. Anybody who may write to the queue can name
 * any account: each of them makes the organization be read out of turn once, and not with every message.
 */
export class UnknownAccounts {
  /** @param tableName the ledger's table; its TTL attribute `expiresAt` removes them */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** Whether the organization was asked for an account a short while ago, in vain. */
  async isRemembered(accountId: string, now: Date): Promise<boolean> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(accountId), ConsistentRead: true }),
    );
    return Number(item?.expiresAt) * 1000 > now.getTime();
  }

  /** The organization does not have an account now. */
  async remember(accountId: string, now: Date): Promise<void> {
    await this.documents.send(
      new PutCommand({
        TableName: this.tableName,
        Item: {
          ...keyOf(accountId),
          // TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
          expiresAt: Math.ceil((now.getTime() + rememberedMilliseconds) / 1000),
        },
      }),
    );
  }
}

function keyOf(accountId: string): { finding: string; record: string } {
  return { finding: 'unknown-account', record: accountId };
}
