import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { orderPrefix } from '../../core/names';
import { orderRecordKey } from '../orders/orders';

/** How long the next page of findings can be asked for. */
const keptMilliseconds = 30 * 60_000;

const cursorSchema = z.object({
  /** `actorId` of who has read so far: nobody else goes on from there. */
  actor: z.string(),
  account: z.exactOptional(z.string()),
  /** Key of the record after which it goes on. */
  start: z.object({ finding: z.string(), record: z.string() }),
  until: z.iso.datetime(),
});

/** Where a reader of findings goes on. */
export type FindingCursor = Omit<z.infer<typeof cursorSchema>, 'until'>;

/**
 * Where readers of findings go on, in the ledger's table. A reader knows the name of a cursor only: the record that it stands for may be
 * one that he must not see.
 */
export class FindingCursors {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly now: () => Date,
  ) {}

  /** @returns undefined when there is none, or it is too old */
  async read(name: string): Promise<FindingCursor | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(name), ConsistentRead: true }),
    );
    const parsed = cursorSchema.safeParse(item);
    if (!parsed.success || Date.parse(parsed.data.until) <= this.now().getTime()) return undefined;
    const { until: _until, ...cursor } = parsed.data;
    return cursor;
  }

  /** @param name a new one */
  async write(name: string, cursor: FindingCursor): Promise<void> {
    const end = this.now().getTime() + keptMilliseconds;
    const item = {
      ...cursor,
      ...keyOf(name),
      until: new Date(end).toISOString(),
      expiresAt: Math.ceil(end / 1000),
    };
    await this.documents.send(new PutCommand({ TableName: this.tableName, Item: item }));
  }
}

function keyOf(name: string): { finding: string; record: string } {
  return { finding: `${orderPrefix}cursor#${name}`, record: orderRecordKey };
}
