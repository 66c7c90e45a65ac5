import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type FindingIdentity, findingKey } from '../../contract/finding';
import type { Json } from '../../contract/json';
import { changeSchema } from '../../contract/plan-schema';
import type { FixHistory, FixStep } from '../../controls/resources/undo';
import { LedgerError, RecordError } from './errors';
import { sortable } from './record';
import { packed, type SavedItem, unpacked } from './saved-item';

/** Which attempt a saved state belongs to. */
export interface Attempt {
  finding: FindingIdentity;
  /** From 1. */
  occurrence: number;
  /** From 1. */
  attempt: number;
}

/** What was saved of an occurrence's latest fix, and whether it was undone since. */
export type SavedHistory = FixHistory & {
  /** When the first of its steps was saved, ISO 8601. */
  savedAt: string;
  /** When an undo of it was verified, ISO 8601; absent while it stands. */
  undoneAt?: string;
};

/** Thrown when one attempt saves more steps than any attempt makes. It is a bug of the caller. */
export class TooManyStepsError extends LedgerError {
  override readonly name = 'TooManyStepsError';
}

/** Far more than the rounds of one attempt. */
const mostSteps = 20;

const stepSchema = z.object({
  // What was parsed from JSON is JSON.
  before: z.custom<Json>((value) => value !== undefined),
  changes: z.array(changeSchema),
}) satisfies z.ZodMiniType<FixStep>;

/**
 * What was there before each write of a fix, and after it, in the ledger's table. Nothing of it is ever overwritten: it is
 * what an undo restores. The items of an occurrence:
 *
 * - `before#000001#000002#01`: a step, by occurrence, attempt and number;
 * - `after#000001#000002`: what was there when the attempt had been verified;
 * - `undone#000001#000003`: that attempt has undone the steps of all before it.
 */
export class SavedStates {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * Saves a step before it is made. Saved steps stay as they are: the next number that is free is taken.
   * @throws StateTooLargeError when the table can never hold it
   */
  async saveStep(of: Attempt, step: FixStep, savedAt: Date): Promise<void> {
    const saved = packed({ before: step.before, changes: [...step.changes] });
    for (let number = 1; number <= mostSteps; number += 1) {
      const record = `before#${attemptKey(of)}#${String(number).padStart(2, '0')}`;
      if (await this.put(of, record, saved, savedAt)) return;
    }
    throw new TooManyStepsError(
      `${findingKey(of.finding)}: an attempt has ${mostSteps} saved steps already.`,
    );
  }

  /** Saves what was there once an attempt was verified; the first one stays. */
  async saveAfter(of: Attempt, after: Json, savedAt: Date): Promise<void> {
    await this.put(of, `after#${attemptKey(of)}`, packed(after), savedAt);
  }

  /** Notes that an attempt has undone everything before it, verified. */
  async saveUndone(of: Attempt, savedAt: Date): Promise<void> {
    await this.put(of, `undone#${attemptKey(of)}`, packed(null), savedAt);
  }

  /**
   * What an occurrence's fix took: its steps since the last undo, or, when nothing was fixed after that, those which
   * it has undone.
   * @returns undefined when nothing was ever saved
   * @throws RecordError when an item cannot be understood
   */
  async history(finding: FindingIdentity, occurrence: number): Promise<SavedHistory | undefined> {
    const of = { finding, occurrence };
    const [befores, afters, undos] = await Promise.all(
      ['before', 'after', 'undone'].map((kind) => this.query(of, kind)),
    );
    return latestFix(befores ?? [], afters ?? [], undos ?? []);
  }

  /** @returns false when the item exists already */
  private async put(of: Attempt, record: string, saved: Uint8Array, savedAt: Date): Promise<boolean> {
    try {
      await this.documents.send(
        new PutCommand({
          TableName: this.tableName,
          Item: { finding: findingKey(of.finding), record, saved, savedAt: savedAt.toISOString() },
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

  /** Every item of a kind, in the order of attempts and steps. */
  private async query(of: Pick<Attempt, 'finding' | 'occurrence'>, kind: string): Promise<SavedItem[]> {
    const pages = paginateQuery(
      { client: this.documents },
      {
        TableName: this.tableName,
        KeyConditionExpression: '#finding = :finding AND begins_with(#record, :prefix)',
        ExpressionAttributeNames: { '#finding': 'finding', '#record': 'record' },
        ExpressionAttributeValues: {
          ':finding': findingKey(of.finding),
          ':prefix': `${kind}#${sortable(of.occurrence)}#`,
        },
        ConsistentRead: true,
      },
    );
    const found: SavedItem[] = [];
    for await (const { Items: items = [] } of pages) found.push(...items.map(unpacked));
    return found;
  }
}

function attemptKey({ occurrence, attempt }: Attempt): string {
  return `${sortable(occurrence)}#${sortable(attempt)}`;
}

function attemptOf({ record }: SavedItem): number {
  return Number(record.split('#')[2]);
}

/** All in the order of attempts. */
function latestFix(
  befores: readonly SavedItem[],
  afters: readonly SavedItem[],
  undos: readonly SavedItem[],
): SavedHistory | undefined {
  const last = befores.at(-1);
  if (!last) return undefined;
  const undone = undos.find((undo) => attemptOf(undo) > attemptOf(last));
  const earlier = undos.findLast((undo) => attemptOf(undo) <= attemptOf(last));
  const mine = befores.filter((item) => !earlier || attemptOf(item) > attemptOf(earlier));
  const [first, ...rest] = mine.map(stepOf);
  if (!first) return undefined;
  const after = afters.findLast((item) => attemptOf(item) >= attemptOf(last));
  return {
    steps: [first, ...rest],
    savedAt: mine[0]?.savedAt ?? last.savedAt,
    ...(after && { after: after.value }),
    ...(undone && { undoneAt: undone.savedAt }),
  };
}

function stepOf({ record, value }: SavedItem): FixStep {
  const parsed = stepSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new RecordError(`The saved step ${record} cannot be understood. Look at the item.`);
}
