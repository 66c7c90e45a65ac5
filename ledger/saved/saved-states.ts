import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  PutCommand,
  paginateQuery,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type FindingIdentity, findingKey } from '../../core/finding';
import type { FixStep, StepResult } from '../../core/fix-step';
import type { Json } from '../../core/json';
import { type RecordKey, sortable } from '../findings/record-key';
import { conditionally } from '../table/conditionally';
import { LedgerError } from '../table/errors';
import { attemptOf, latestFix, occurrenceOf, type SavedHistory } from './saved-history';
import { packed, type SavedItem, unpacked } from './saved-item';

/** Which attempt a saved state belongs to. */
export interface Attempt {
  finding: FindingIdentity;
  /** From 1. */
  occurrence: number;
  /** From 1. */
  attempt: number;
}

/** The write of one item, which takes no other's place. */
export interface SavedPut {
  TableName: string;
  Item: { finding: string; record: string; saved: Uint8Array; savedAt: string; expiresAt?: number };
  ConditionExpression: string;
  ExpressionAttributeNames: Record<string, string>;
}

/** The same write, of an item that is kept until some time. */
export function keptUntilTime(put: SavedPut, until: Date): SavedPut {
  return { ...put, Item: { ...put.Item, expiresAt: seconds(until) } };
}

/** Thrown when one attempt saves more steps than any attempt makes. It is a bug of the caller. */
export class TooManyStepsError extends LedgerError {
  override readonly name = 'TooManyStepsError';
}

/** Far more than the rounds of one attempt, with what earlier ones left. */
const mostSteps = 99;

const kinds = ['before', 'made', 'after', 'undone'] as const;
type Kind = (typeof kinds)[number];

/**
 * What was there before each write of a fix, and after it, in a table of its own, so that nobody who looks through the
 * ledger reads it. Only the coordinator writes it. Nothing of it is ever overwritten: it is what an undo restores. The
 * items of an occurrence:
 *
 * - `before#000001#000002#01`: a step, by occurrence, attempt and number;
 * - `made#000001#000002#01`: what came of that step;
 * - `after#000001#000002`: what was there when the attempt had been verified;
 * - `undone#000001#000003`: that attempt has undone the steps of all before it.
 */
export class SavedStates {
  /** @param tableName the table of saved states; its TTL attribute `expiresAt` removes what was kept long enough */
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
    const first = this.step(of, 1, step, savedAt);
    for (let number = 1; number <= mostSteps; number += 1) {
      const Item = { ...first.Item, record: `before#${stepKey(of, number)}` };
      if (await this.save({ ...first, Item })) return number;
    }
    throw new TooManyStepsError(
      `${findingKey(of.finding)}: an attempt has ${mostSteps} saved steps already.`,
    );
  }

  /** Saves what came of a step, by the number that it was saved under; the first one stays. */
  async saveResult(of: Attempt, step: number, result: StepResult, savedAt: Date): Promise<void> {
    await this.save(this.result(of, step, result, savedAt));
  }

  /** Saves what was there once an attempt was verified; the first one stays. */
  async saveAfter(of: Attempt, after: Json, savedAt: Date): Promise<void> {
    await this.save(this.after(of, after, savedAt));
  }

  /**
   * What `saveStep` writes, to be written with something else.
   * @param number one that is free, from 1
   * @throws StateTooLargeError when the table can never hold it
   */
  step(of: Attempt, number: number, { before, changes }: FixStep, savedAt: Date): SavedPut {
    return this.put(of, `before#${stepKey(of, number)}`, packed({ before, changes: [...changes] }), savedAt);
  }

  /** What `saveResult` writes, to be written with something else. */
  result(of: Attempt, step: number, { made, unsure }: StepResult, savedAt: Date): SavedPut {
    const saved = packed({ made: [...made], ...(unsure && { unsure }) });
    return this.put(of, `made#${stepKey(of, step)}`, saved, savedAt);
  }

  /** What `saveAfter` writes, to be written with something else. */
  after(of: Attempt, after: Json, savedAt: Date): SavedPut {
    return this.put(of, `after#${attemptKey(of)}`, packed(after), savedAt);
  }

  /** Writes one item by itself. @returns false when the item exists already */
  save(put: SavedPut): Promise<boolean> {
    return conditionally(() => this.documents.send(new PutCommand(put)));
  }

  /** The write after which an item is kept until some time, to be made with something else. */
  keeping({ finding, record }: RecordKey, until: Date) {
    return { TableName: this.tableName, Key: { finding, record }, ...expiry(until) };
  }

  /**
   * Notes that an attempt has undone everything before it, verified. It may be an attempt at a later occurrence, whose numbers
   * begin anew; it comes after all steps of the occurrence that it has undone all the same.
   */
  async saveUndone(of: Attempt, savedAt: Date): Promise<void> {
    const last = (await this.records(of, 'before')).at(-1);
    const attempt = Math.max(of.attempt, last === undefined ? 0 : attemptOf({ record: last }) + 1);
    await this.save(this.put(of, `undone#${attemptKey({ ...of, attempt })}`, packed(null), savedAt));
  }

  /**
   * Says until when all that was saved of an occurrence is kept.
   * @param until when DynamoDB may remove it; undefined keeps it for as long as its finding is open
   */
  async keep(finding: FindingIdentity, occurrence: number, until: Date | undefined): Promise<void> {
    const of = { finding, occurrence };
    const records = await Promise.all(kinds.map((kind) => this.records(of, kind)));
    await Promise.all(
      records.flat().map((record) => {
        const Key = { finding: findingKey(finding), record };
        const update = new UpdateCommand({ TableName: this.tableName, Key, ...expiry(until) });
        return this.documents.send(update).catch(unlessGone);
      }),
    );
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
    return latestFix({ befores, results, afters, undos });
  }

  /**
   * The last occurrence of a finding for which a step is still saved; 0 when there is none. What was saved outlives its finding's
   * record.
   */
  async lastOccurrence(finding: FindingIdentity): Promise<number> {
    const { Items: items = [] } = await this.documents.send(
      new QueryCommand({
        TableName: this.tableName,
        KeyConditionExpression: '#finding = :finding AND begins_with(#record, :prefix)',
        ExpressionAttributeNames: { '#finding': 'finding', '#record': 'record' },
        ExpressionAttributeValues: { ':finding': findingKey(finding), ':prefix': 'before#' },
        ProjectionExpression: '#record',
        ScanIndexForward: false,
        Limit: 1,
        ConsistentRead: true,
      }),
    );
    const [last] = items;
    return last ? occurrenceOf({ record: String(last.record) }) : 0;
  }

  private put(of: Attempt, record: string, saved: Uint8Array, savedAt: Date): SavedPut {
    return {
      TableName: this.tableName,
      Item: { finding: findingKey(of.finding), record, saved, savedAt: savedAt.toISOString() },
      ConditionExpression: 'attribute_not_exists(#finding)',
      ExpressionAttributeNames: { '#finding': 'finding' },
    };
  }

  /** Every item of a kind, in the order of attempts and steps. */
  private async query(of: Pick<Attempt, 'finding' | 'occurrence'>, kind: Kind): Promise<SavedItem[]> {
    const pages = paginateQuery({ client: this.documents }, this.queryInput(of, kind));
    const found: SavedItem[] = [];
    for await (const { Items: items = [] } of pages) found.push(...items.map(unpacked));
    return found;
  }

  private async records(of: Pick<Attempt, 'finding' | 'occurrence'>, kind: Kind): Promise<string[]> {
    const input = { ...this.queryInput(of, kind), ProjectionExpression: '#record' };
    const found: string[] = [];
    for await (const { Items: items = [] } of paginateQuery({ client: this.documents }, input)) {
      found.push(...items.map(({ record }) => String(record)));
    }
    return found;
  }

  private queryInput(of: Pick<Attempt, 'finding' | 'occurrence'>, kind: Kind) {
    return {
      TableName: this.tableName,
      KeyConditionExpression: '#finding = :finding AND begins_with(#record, :prefix)',
      ExpressionAttributeNames: { '#finding': 'finding', '#record': 'record' },
      ExpressionAttributeValues: {
        ':finding': findingKey(of.finding),
        ':prefix': `${kind}#${sortable(of.occurrence)}#`,
      },
      ConsistentRead: true,
    };
  }
}

/** TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html */
function expiry(until: Date | undefined) {
  const ExpressionAttributeNames = { '#expiresAt': 'expiresAt', '#finding': 'finding' };
  // An item that is gone is not written anew.
  const ConditionExpression = 'attribute_exists(#finding)';
  const common = { ExpressionAttributeNames, ConditionExpression };
  if (until === undefined) return { ...common, UpdateExpression: 'REMOVE #expiresAt' };
  return {
    ...common,
    UpdateExpression: 'SET #expiresAt = :expiresAt',
    ExpressionAttributeValues: { ':expiresAt': seconds(until) },
  };
}

function seconds(time: Date): number {
  return Math.ceil(time.getTime() / 1000);
}

function unlessGone(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}

function attemptKey({ occurrence, attempt }: Attempt): string {
  return `${sortable(occurrence)}#${sortable(attempt)}`;
}

function stepKey(of: Attempt, number: number): string {
  return `${attemptKey(of)}#${String(number).padStart(2, '0')}`;
}
