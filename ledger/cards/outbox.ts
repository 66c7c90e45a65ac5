import { randomUUID } from 'node:crypto';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { postPrefix } from '../../core/names';
import { conditionally } from '../table/conditionally';
import { itemsIn } from '../table/items-in';

/** Longer than a card is kept for: what is never posted goes with it. */
const keptMilliseconds = 400 * 24 * 60 * 60_000;
const recordPrefix = 'card#';

const entrySchema = z.object({
  record: z.string(),
  /** From when on the card has to be looked at; ISO 8601 in UTC. */
  dueAt: z.string(),
  /** Of this very entry: whoever has written it since has something else to tell. */
  stamp: z.string(),
  isNew: z.exactOptional(z.literal(true)),
});

/** That a channel has to be told something of a card. */
export interface OutboxEntry {
  channel: string;
  cardId: string;
  dueAt: string;
  stamp: string;
  /** Whether the card has no message yet. */
  isNew: boolean;
}

/**
 * What each channel still has to be told: that a card has to be looked at, and from when on. What is to be posted follows from the card
 * itself, so that an entry that is written twice, or late, does no harm.
 */
export class Outbox {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly newStamp: () => string = randomUUID,
  ) {}

  /** Has the poster look at a card, from a time on. It takes the place of an earlier entry. */
  async put({ channel, cardId, dueAt, isNew }: Omit<OutboxEntry, 'stamp'>): Promise<void> {
    await this.documents.send(
      new PutCommand({ TableName: this.tableName, Item: this.itemOf({ channel, cardId, dueAt, isNew }) }),
    );
  }

  /** Everything that a channel still has to be told, now or later, the first due first. */
  async all(channel: string): Promise<OutboxEntry[]> {
    const all: OutboxEntry[] = [];
    const items = itemsIn(this.documents, this.tableName, `${postPrefix}${channel}`, recordPrefix);
    for await (const item of items) {
      const { data: entry } = entrySchema.safeParse(item);
      if (!entry) continue;
      const { record, dueAt, stamp, isNew = false } = entry;
      all.push({ channel, cardId: record.slice(recordPrefix.length), dueAt, stamp, isNew });
    }
    return all.sort((one, other) => (one.dueAt < other.dueAt ? -1 : one.dueAt > other.dueAt ? 1 : 0));
  }

  /** Takes an entry away, unless it was written since. */
  async done(entry: OutboxEntry): Promise<void> {
    await conditionally(() =>
      this.documents.send(
        new DeleteCommand({
          TableName: this.tableName,
          Key: keyOf(entry),
          ConditionExpression: '#stamp = :stamp',
          ExpressionAttributeNames: { '#stamp': 'stamp' },
          ExpressionAttributeValues: { ':stamp': entry.stamp },
        }),
      ),
    );
  }

  /** Puts an entry off, unless it was written since. */
  async comeAgain(entry: OutboxEntry, dueAt: Date): Promise<void> {
    await conditionally(() =>
      this.documents.send(
        new PutCommand({
          TableName: this.tableName,
          Item: this.itemOf({ ...entry, isNew: false, dueAt: dueAt.toISOString() }),
          ConditionExpression: '#stamp = :stamp',
          ExpressionAttributeNames: { '#stamp': 'stamp' },
          ExpressionAttributeValues: { ':stamp': entry.stamp },
        }),
      ),
    );
  }

  private itemOf({ channel, cardId, dueAt, isNew }: Omit<OutboxEntry, 'stamp'>) {
    return {
      ...keyOf({ channel, cardId }),
      dueAt,
      stamp: this.newStamp(),
      ...(isNew && { isNew: true }),
      // TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
      expiresAt: Math.floor((Date.parse(dueAt) + keptMilliseconds) / 1000),
    };
  }
}

function keyOf({ channel, cardId }: Pick<OutboxEntry, 'channel' | 'cardId'>) {
  return { finding: `${postPrefix}${channel}`, record: `${recordPrefix}${cardId}` };
}
