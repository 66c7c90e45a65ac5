import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { conditionally } from '../table/conditionally';
import { itemsIn } from '../table/items-in';

const partition = 'waiting';

/** How long one process remembers that it has noted a scope. */
const notedMilliseconds = 60_000;
/** The index over what is due may be so far behind; an empty partition of it is believed only after that. */
const settledMilliseconds = 5 * 60_000;

const itemSchema = z.object({ record: z.string(), at: z.iso.datetime() });

/** Something that findings are held for. */
export interface WaitingScope {
  /** As `waits-for.ts` names it. */
  waitsFor: string;
  /** When a finding was last held for it, ISO 8601. */
  at: string;
}

/**
 * What findings are held for, in the ledger's table: one small item for each stop, freeze or limit, so that the sweep knows
 * what to wake without looking at any finding.
 */
export class WaitingScopes {
  private readonly noted = new Map<string, number>();

  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** Notes that a finding is about to be held for something; before the finding is written, so that a crash loses none. */
  async note(waitsFor: string, now: Date): Promise<void> {
    if ((this.noted.get(waitsFor) ?? 0) > now.getTime() - notedMilliseconds) return;
    await this.documents.send(
      new PutCommand({
        TableName: this.tableName,
        Item: { finding: partition, record: waitsFor, at: now.toISOString() },
      }),
    );
    this.noted.set(waitsFor, now.getTime());
  }

  /** All that findings are held for. Items that cannot be understood are left out. */
  async list(): Promise<WaitingScope[]> {
    const found: WaitingScope[] = [];
    for await (const item of itemsIn(this.documents, this.tableName, partition)) {
      const parsed = itemSchema.safeParse(item);
      if (parsed.success) found.push({ waitsFor: parsed.data.record, at: parsed.data.at });
    }
    return found;
  }

  /** Forgets a scope for which nothing waits any more, unless a finding was held for it lately. */
  async forget({ waitsFor, at }: WaitingScope, now: Date): Promise<void> {
    if (Date.parse(at) > now.getTime() - settledMilliseconds) return;
    await conditionally(() =>
      this.documents.send(
        new DeleteCommand({
          TableName: this.tableName,
          Key: { finding: partition, record: waitsFor },
          ConditionExpression: '#at = :at',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': at },
        }),
      ),
    );
  }
}
