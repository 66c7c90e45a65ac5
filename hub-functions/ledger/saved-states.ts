import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type FindingIdentity, findingKey } from '../../contract/finding';
import type { Json } from '../../contract/json';
import { RecordError } from './errors';
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

const savedStateSchema = z.object({ before: z.string(), savedAt: z.string() });

/**
 * The states that were saved before fixes, in the ledger's table. A saved state is never overwritten: it is what an undo
 * restores. It is kept as JSON text, so that empty strings, numbers and nulls come back exactly as they were.
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
   */
  async save(of: Attempt, before: Json, savedAt: Date): Promise<'saved' | 'kept'> {
    try {
      await this.documents.send(
        new PutCommand({
          TableName: this.tableName,
          Item: { ...keyOf(of), before: JSON.stringify(before), savedAt: savedAt.toISOString() },
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
      return { before: JSON.parse(before) as Json, savedAt };
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
