import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { jitteredMilliseconds, realWaiting, type Waiting } from '../../core/jittered';
import type { RecordKey } from '../findings/record-key';
import { LedgerError } from './errors';

/** So many items one call asks for: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const mostKeys = 100;
/** How often what DynamoDB left unread is asked for again. */
const mostTries = 8;

/** Thrown when DynamoDB kept leaving items unread. */
export class ItemsUnreadError extends LedgerError {
  override readonly name = 'ItemsUnreadError';
}

type Item = Record<string, unknown>;

/** Items of the ledger's table that are found by their keys, and what they come to. */
export interface Wanted<Value> {
  keys: readonly RecordKey[];
  /**
   * @param items in the order of the keys; undefined where there is none
   * @throws RecordError when one cannot be understood
   */
  understood(items: readonly (Item | undefined)[]): Value;
}

/** What each of several wants came to. Whoever needs one hears by it alone that its items cannot be understood. */
export type Read<Wants> = {
  readonly [Name in keyof Wants]: () => Wants[Name] extends Wanted<infer Value> ? Value : never;
};

/**
 * Reads what is needed at one moment, and found by its keys, in one call. Each item is as it is now, as with a strongly consistent
 * GetItem; together they are no snapshot.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export class KeyedReads {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly waiting: Waiting = realWaiting,
  ) {}

  /** @throws ItemsUnreadError; AWS's error when the table cannot be read */
  async read<Wants extends Record<string, Wanted<unknown>>>(wants: Wants): Promise<Read<Wants>> {
    const keys = Object.values(wants).flatMap((wanted) => wanted.keys);
    const items = await this.items(keys);
    const read = Object.entries(wants).map(([name, wanted]) => [
      name,
      () => wanted.understood(wanted.keys.map((key) => items.get(nameOf(key)))),
    ]);
    return Object.fromEntries(read) as Read<Wants>;
  }

  /** The items by their names. */
  private async items(keys: readonly RecordKey[]): Promise<ReadonlyMap<string, Item>> {
    const { pause, random } = this.waiting;
    const found = new Map<string, Item>();
    // A key may come once: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
    let left = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
    for (let tries = 1; left.length > 0; ) {
      const asked = left.slice(0, mostKeys);
      const { Responses: answered = {}, UnprocessedKeys: unread = {} } = await this.documents.send(
        new BatchGetCommand({ RequestItems: { [this.tableName]: { Keys: asked, ConsistentRead: true } } }),
      );
      for (const item of answered[this.tableName] ?? [])
        found.set(nameOf(item as unknown as RecordKey), item);
      const again = (unread[this.tableName]?.Keys ?? []) as unknown as RecordKey[];
      left = [...again, ...left.slice(mostKeys)];
      if (again.length === 0) continue;
      // DynamoDB asks for pauses that grow.
      if (tries >= mostTries)
        throw new ItemsUnreadError(`${again.length} items of ${this.tableName} stay unread.`);
      await pause(jitteredMilliseconds(tries, random));
      tries += 1;
    }
    return found;
  }
}

function nameOf({ finding, record }: RecordKey): string {
  return `${finding}\n${record}`;
}
