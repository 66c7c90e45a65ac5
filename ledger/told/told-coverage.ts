import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { packedKeys, unpackedKeys } from '../table/kept-text';

/**
 * What people are told of: places that are not covered, stacks of members that failed, what the daily doctor found, or accounts with
 * confused deputies.
 */
export type ToldSubject = 'state' | 'stacks' | 'doctor' | 'deputies';

const toldSchema = z.object({
  checkedAt: z.iso.datetime(),
  /** A list of keys, packed: those of a whole organization have no room else. */
  missing: z.string(),
});
const missingSchema = z.array(z.string());

/** What people were told of missing coverage. */
export interface ToldCoverage {
  /** When coverage was looked through last, ISO 8601. */
  checkedAt: string;
  /** Keys of the places of which people know that they are not covered. */
  missing: string[];
}

/** Remembers, in the ledger's table, of which missing coverage people know. */
export class ToldCoverageStore {
  /**
   * @param tableName the ledger's table
   * @param subject of what; of places by default
   */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly subject: ToldSubject = 'state',
  ) {}

  /** @returns undefined when nothing was remembered, or it cannot be understood: then it is told anew */
  async read(): Promise<ToldCoverage | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: this.key, ConsistentRead: true }),
    );
    const parsed = toldSchema.safeParse(item);
    if (!parsed.success) return undefined;
    const missing = listOf(parsed.data.missing);
    return missing && { checkedAt: parsed.data.checkedAt, missing };
  }

  private get key() {
    return { finding: 'told-coverage', record: this.subject };
  }

  /** Two sweeps may write: what they tell is told once all the same. */
  async write({ checkedAt, missing }: ToldCoverage): Promise<void> {
    await this.documents.send(
      new PutCommand({
        TableName: this.tableName,
        Item: { ...this.key, checkedAt, missing: packedKeys(missing) },
      }),
    );
  }
}

function listOf(text: string): string[] | undefined {
  try {
    const parsed = missingSchema.safeParse(unpackedKeys(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
