import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type FindingIdentity, findingKey } from '../../contract/finding';
import type { Json } from '../../contract/json';
import { changeSchema } from '../../contract/plan-schema';
import type { FixHistory, FixStep, StepResult } from '../../controls/resources/undo';
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

const resultSchema = z.object({
  made: z.array(changeSchema),
  unsure: z.exactOptional(z.literal(true)),
}) satisfies z.ZodMiniType<StepResult>;

/**
 * What was there before each write of a fix, and after it, in the ledger's table. Nothing of it is ever overwritten: it is
 * what an undo restores. The items of an occurrence:
 *
 * - `before#000001#000002#01`: a step, by occurrence, attempt and number;
 * - `made#000001#000002#01`: what came of that step;
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
   * @returns the step's number, from 1
   * @throws StateTooLargeError when the table can never hold it
   */
  async saveStep(of: Attempt, step: FixStep, savedAt: Date): Promise<number> {
    const saved = packed({ before: step.before, changes: [...step.changes] });
    for (let number = 1; number <= mostSteps; number += 1) {
      if (await this.put(of, `before#${stepKey(of, number)}`, saved, savedAt)) return number;
    }
    throw new TooManyStepsError(
      `${findingKey(of.finding)}: an attempt has ${mostSteps} saved steps already.`,
    );
  }

  /** Saves what came of a step, by the number that it was saved under; the first one stays. */
  async saveResult(of: Attempt, step: number, { made, unsure }: StepResult, savedAt: Date): Promise<void> {
    const saved = packed({ made: [...made], ...(unsure && { unsure }) });
    await this.put(of, `made#${stepKey(of, step)}`, saved, savedAt);
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
    const [befores, results, afters, undos] = await Promise.all([
      this.query(of, 'before'),
      this.query(of, 'made'),
      this.query(of, 'after'),
      this.query(of, 'undone'),
    ]);
    return latestFix(befores, results, afters, undos);
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

function stepKey(of: Attempt, number: number): string {
  return `${attemptKey(of)}#${String(number).padStart(2, '0')}`;
}

function attemptOf({ record }: SavedItem): number {
  return Number(record.split('#')[2]);
}

/** All in the order of attempts. */
function latestFix(
  befores: readonly SavedItem[],
  results: readonly SavedItem[],
  afters: readonly SavedItem[],
  undos: readonly SavedItem[],
): SavedHistory | undefined {
  const last = befores.at(-1);
  if (!last) return undefined;
  const undone = undos.find((undo) => attemptOf(undo) > attemptOf(last));
  const earlier = undos.findLast((undo) => attemptOf(undo) <= attemptOf(last));
  const mine = befores.filter((item) => !earlier || attemptOf(item) > attemptOf(earlier));
  const resultOf = new Map(results.map((item) => [item.record.replace('made#', 'before#'), item]));
  const [first, ...rest] = mine.map((item) => stepOf(item, resultOf.get(item.record)));
  if (!first) return undefined;
  const after = afters.findLast((item) => attemptOf(item) >= attemptOf(last));
  return {
    steps: [first, ...rest],
    savedAt: mine[0]?.savedAt ?? last.savedAt,
    ...(after && { after: after.value }),
    ...(undone && { undoneAt: undone.savedAt }),
  };
}

function stepOf(step: SavedItem, result: SavedItem | undefined): FixStep {
  return { ...understood(stepSchema, step), ...(result && understood(resultSchema, result)) };
}

function understood<Value>(schema: z.ZodMiniType<Value>, { record, value }: SavedItem): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new RecordError(`The saved step ${record} cannot be understood. Look at the item.`);
}
