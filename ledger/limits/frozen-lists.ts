import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { allConditionally, conditionally } from '../table/conditionally';
import { itemsIn } from '../table/items-in';
import { type FrozenList, frozenListOf } from './frozen-list';

const partition = 'frozen';
/** A list of which nothing changed for so long is gathered, and told, anew. */
const rememberedMilliseconds = 90 * 24 * 60 * 60_000;

/** So many lists are thawed together: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export const mostListsAtOnce = 100;

/** The backlog of each account, in the ledger's table: one item for each account. Only the coordinator writes them. */
export class FrozenLists {
  /** @param tableName the ledger's table; its TTL attribute `expiresAt` removes lists that nobody touches any more */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** @throws RecordError when one cannot be understood: then nothing is released */
  async list(): Promise<FrozenList[]> {
    const lists: FrozenList[] = [];
    for await (const item of itemsIn(this.documents, this.tableName, partition))
      lists.push(frozenListOf(item));
    return lists;
  }

  /**
   * Writes a list in the place of the one that was read.
   * @returns false when somebody else has written it since
   */
  write(list: FrozenList, now: Date): Promise<boolean> {
    return conditionally(() => this.documents.send(new PutCommand(this.put(list, now))));
  }

  /**
   * Writes lists, all of them or none.
   * @param lists `mostListsAtOnce` at most
   * @returns false when somebody else has written one of them since
   */
  writeAll(lists: readonly FrozenList[], now: Date): Promise<boolean> {
    return allConditionally(
      this.documents,
      lists.map((list) => this.put(list, now)),
    );
  }

  private put({ accountId, version, ...content }: FrozenList, now: Date) {
    return {
      TableName: this.tableName,
      Item: {
        finding: partition,
        record: accountId,
        version: version + 1,
        content: JSON.stringify(content),
        // TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
        expiresAt: Math.ceil((now.getTime() + rememberedMilliseconds) / 1000),
      },
      ConditionExpression: version === 0 ? 'attribute_not_exists(#version)' : '#version = :seen',
      ExpressionAttributeNames: { '#version': 'version' },
      ...(version > 0 && { ExpressionAttributeValues: { ':seen': version } }),
    };
  }
}
