import { gunzipSync, gzipSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type FindingIdentity, findingKey } from '../../contract/finding';
import type { Json } from '../../contract/json';
import { LedgerError, RecordError } from './errors';
import { beforeRecordKey } from './record';

/** Which attempt a saved state belongs to. */
export interface Attempt {
  finding: FindingIdentity;
  /** From 1. */
  occurrence: number;
  /** From 1. */
  attempt: number;
}

/** What a resource was before an attempt touched it. */
export interface SavedState {
  before: Json;
  /** ISO 8601. */
  savedAt: string;
}

/** Thrown when a state is too large for an item of the table, even compressed. Nothing was saved. */
export class StateTooLargeError extends LedgerError {
  override readonly name = 'StateTooLargeError';
}

/** Text is what versions before the compression have written. */
const savedStateSchema = z.object({
  before: z.union([z.string(), z.instanceof(Uint8Array)]),
  savedAt: z.string(),
});

/**
 * An item holds 400 kB, names of attributes and the key included; the rest is room for these. The largest group, of a
 * thousand rules with descriptions, is larger as text.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const mostBytes = 396 * 1024;

/**
 * The states that were saved before fixes, in the ledger's table. A saved state is never overwritten: it is what an undo
 * restores. It is kept as compressed JSON text, so that empty strings, numbers and nulls come back exactly as they were.
 */
export class SavedStates {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * Saves what was there before an attempt.
   * @returns `kept` when that attempt has a saved state already; the first one stays
   * @throws StateTooLargeError when the table can never hold it
   */
  async save(of: Attempt, before: Json, savedAt: Date): Promise<'saved' | 'kept'> {
    const compressed = gzipSync(JSON.stringify(before));
    if (compressed.length > mostBytes) {
      throw new StateTooLargeError(
        `The state before is too large for the ledger: ${compressed.length} bytes compressed, and ${mostBytes} fit. Fix the resource by hand.`,
      );
    }
    try {
      await this.documents.send(
        new PutCommand({
          TableName: this.tableName,
          Item: { ...keyOf(of), before: compressed, savedAt: savedAt.toISOString() },
          ConditionExpression: 'attribute_not_exists(#finding)',
          ExpressionAttributeNames: { '#finding': 'finding' },
        }),
      );
      return 'saved';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'kept';
      throw error;
    }
  }

  /**
   * What was there before an attempt; undefined when nothing was saved.
   * @throws RecordError when the item cannot be understood
   */
  async read(of: Attempt): Promise<SavedState | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(of), ConsistentRead: true }),
    );
    if (!item) return undefined;
    const { finding, record } = keyOf(of);
    try {
      const { before, savedAt } = savedStateSchema.parse(item);
      const text = typeof before === 'string' ? before : gunzipSync(before).toString();
      return { before: JSON.parse(text) as Json, savedAt };
    } catch (error) {
      throw new RecordError(`The saved state ${finding} ${record} cannot be understood. Look at the item.`, {
        cause: error,
      });
    }
  }
}

function keyOf({ finding, occurrence, attempt }: Attempt): { finding: string; record: string } {
  return { finding: findingKey(finding), record: beforeRecordKey(occurrence, attempt) };
}
