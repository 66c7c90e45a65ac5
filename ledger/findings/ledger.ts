import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateScan,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { type FindingIdentity, findingKey } from '../../core/finding';
import { jitteredMilliseconds, realWaiting, type Waiting } from '../../core/jittered';
import { beatenIn, isBeaten } from '../table/conditionally';
import { BesideError, ConflictError, RecordError } from '../table/errors';
import { LedgerIndexes } from '../table/ledger-indexes';
import type { ClosedRecord, FindingRecord } from './record';
import { itemOf, parseFindingRecord } from './record-item';
import { occurrencePrefix, type RecordKey } from './record-key';

/**
 * A write of another item, in a table of the same Region and account, that is made with a record's or not at all.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export type Beside = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** How often a change that meets other writers is decided anew before it gives up. */
const maximumConflicts = 8;

/**
 * The record of every finding, in DynamoDB. What may become of a record is decided by the pure functions of
 * `transitions/`; this class makes sure that each decision was made on the record as it still is: every write is
 * conditional on the version that was read, and every read that a decision rests on is strongly consistent.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html
 */
export class Ledger extends LedgerIndexes {
  /**
   * @param documents a document client that drops undefined values
   * @param tableName the ledger's table, with the keys that `record.ts` names
   * @param waiting between tries to change a record that others are changing
   */
  constructor(
    documents: DynamoDBDocumentClient,
    tableName: string,
    private readonly waiting: Waiting = realWaiting,
  ) {
    super(documents, tableName);
  }

  /** The latest occurrence of a finding, open or closed; undefined when there never was one. */
  async latest(identity: FindingIdentity): Promise<FindingRecord | undefined> {
    return (await this.occurrences(identity, 1))[0];
  }

  /** The latest occurrences of a finding, the latest first. */
  async occurrences(identity: FindingIdentity, limit: number): Promise<FindingRecord[]> {
    const { Items: items = [] } = await this.documents.send(
      new QueryCommand({
        TableName: this.tableName,
        KeyConditionExpression: '#finding = :finding AND begins_with(#record, :prefix)',
        ExpressionAttributeNames: { '#finding': 'finding', '#record': 'record' },
        ExpressionAttributeValues: { ':finding': findingKey(identity), ':prefix': occurrencePrefix },
        ScanIndexForward: false,
        Limit: limit,
        ConsistentRead: true,
      }),
    );
    return items.map((item) => this.parse(item));
  }

  /** One occurrence by its key; undefined when it does not exist. */
  async read({ finding, record }: RecordKey): Promise<FindingRecord | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: { finding, record }, ConsistentRead: true }),
    );
    return item && this.parse(item);
  }

  /**
   * Writes a new occurrence.
   * @throws ConflictError when it exists: somebody else was faster
   */
  async create<New extends FindingRecord>(record: New): Promise<New> {
    await this.put(this.putOf(record, 'attribute_not_exists(#finding)', { '#finding': 'finding' }), record);
    return record;
  }

  /**
   * Writes a new occurrence after a closed one, which must still be as it was read: somebody may have had its fix undone.
   * @param closed what becomes of the closed one
   * @throws ConflictError when it is not, or the new one exists
   */
  async createAfter<New extends FindingRecord>(closed: ClosedRecord, record: New): Promise<New> {
    const TableName = this.tableName;
    try {
      await this.documents.send(
        new TransactWriteCommand({
          TransactItems: [
            {
              Put: {
                TableName,
                Item: itemOf({ ...closed, version: closed.version + 1 }),
                ConditionExpression: '#version = :seen',
                ExpressionAttributeNames: { '#version': 'version' },
                ExpressionAttributeValues: { ':seen': closed.version },
              },
            },
            {
              Put: {
                TableName,
                Item: itemOf(record),
                ConditionExpression: 'attribute_not_exists(#finding)',
                ExpressionAttributeNames: { '#finding': 'finding' },
              },
            },
          ],
        }),
      );
    } catch (error) {
      if (!beatenIn(error)) throw error;
      throw new ConflictError(`Somebody else has written ${record.finding}.`, { cause: error });
    }
    return record;
  }

  /**
   * Writes the next form of a record.
   * @param seen the record as it was read
   * @param next what becomes of it
   * @param beside what is written with it, in one transaction, or not at all
   * @throws ConflictError when somebody else has written it since
   * @throws BesideError when something of `beside` cannot be written as things are
   */
  async replace<Next extends FindingRecord>(
    seen: FindingRecord,
    next: Next,
    beside: readonly Beside[] = [],
  ): Promise<Next> {
    const written = { ...next, version: seen.version + 1 };
    const put = this.putOf(written, '#version = :seen', { '#version': 'version' }, { ':seen': seen.version });
    if (beside.length === 0) await this.put(put, written);
    else await this.putWith(put, beside, written);
    return written;
  }

  /**
   * Changes a record, deciding anew on the fresh record whenever somebody else was faster.
   * @param seen the record as it was read; it may be stale
   * @param decide what becomes of it; undefined leaves it as it is
   * @param beside what is written with it, in one transaction, or not at all
   * @returns the record as it is then
   * @throws ConflictError when others kept being faster, or the record is gone; and whatever `decide` throws
   * @throws BesideError when something of `beside` cannot be written as things are
   */
  async change<Next extends FindingRecord>(
    seen: FindingRecord,
    decide: (fresh: FindingRecord) => Next,
    beside?: readonly Beside[],
  ): Promise<Next>;
  async change(
    seen: FindingRecord,
    decide: (fresh: FindingRecord) => FindingRecord | undefined,
    beside?: readonly Beside[],
  ): Promise<FindingRecord>;
  async change(
    seen: FindingRecord,
    decide: (fresh: FindingRecord) => FindingRecord | undefined,
    beside: readonly Beside[] = [],
  ): Promise<FindingRecord> {
    const { pause, random } = this.waiting;
    let fresh = seen;
    for (let conflicts = 1; ; conflicts += 1) {
      const next = decide(fresh);
      if (!next) return fresh;
      try {
        return await this.replace(fresh, next, beside);
      } catch (error) {
        if (!(error instanceof ConflictError) || conflicts > maximumConflicts) throw error;
        await pause(jitteredMilliseconds(conflicts, random));
        const again = await this.read(seen);
        if (!again) throw error;
        fresh = again;
      }
    }
  }

  /**
   * Takes an occurrence out of the ledger, because it turned out to be about nothing.
   * @throws ConflictError when somebody else has written it since
   */
  async remove(seen: FindingRecord): Promise<void> {
    try {
      await this.documents.send(
        new DeleteCommand({
          TableName: this.tableName,
          Key: { finding: seen.finding, record: seen.record },
          ConditionExpression: '#version = :seen',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':seen': seen.version },
        }),
      );
    } catch (error) {
      if (!isBeaten(error)) throw error;
      throw conflictOver(seen, error);
    }
  }

  /**
   * Some occurrences, in no order, to look through all of them over several invocations. Those that cannot be
   * understood are named apart.
   * @param from what the last call returned as `next`
   */
  async page(
    from?: Record<string, unknown>,
  ): Promise<{ records: FindingRecord[]; unreadable: RecordError[]; next?: Record<string, unknown> }> {
    const { Items: items = [], LastEvaluatedKey: next } = await this.documents.send(
      new ScanCommand({ ...this.everyOccurrence(), Limit: 100, ...(from && { ExclusiveStartKey: from }) }),
    );
    const unreadable: RecordError[] = [];
    const records = items.flatMap((item) => {
      try {
        return [this.parse(item)];
      } catch (error) {
        if (!(error instanceof RecordError)) throw error;
        unreadable.push(error);
        return [];
      }
    });
    return { records, unreadable, ...(next && { next }) };
  }

  /**
   * Every occurrence of every finding, in no order, page by page. Reads the whole table: for people, not for functions.
   * @param onUnreadable hears of a record that cannot be understood, and the others go on
   * @throws RecordError for such a record where nobody listens
   */
  async *list(onUnreadable?: (error: RecordError) => void): AsyncGenerator<FindingRecord> {
    const pages = paginateScan({ client: this.documents }, this.everyOccurrence());
    for await (const { Items: items = [] } of pages) {
      for (const item of items) {
        try {
          yield this.parse(item);
        } catch (error) {
          if (!(error instanceof RecordError && onUnreadable)) throw error;
          onUnreadable(error);
        }
      }
    }
  }

  private parse(item: Record<string, unknown>): FindingRecord {
    return parseFindingRecord(item, this.tableName);
  }

  private everyOccurrence() {
    return {
      TableName: this.tableName,
      FilterExpression: 'begins_with(#record, :prefix)',
      ExpressionAttributeNames: { '#record': 'record' },
      ExpressionAttributeValues: { ':prefix': occurrencePrefix },
    };
  }

  private putOf(
    record: FindingRecord,
    condition: string,
    names: Record<string, string>,
    values?: Record<string, unknown>,
  ) {
    return {
      TableName: this.tableName,
      Item: itemOf(record),
      ConditionExpression: condition,
      ExpressionAttributeNames: names,
      ...(values && { ExpressionAttributeValues: values }),
    };
  }

  private async put(put: ReturnType<Ledger['putOf']>, key: RecordKey): Promise<void> {
    try {
      await this.documents.send(new PutCommand(put));
    } catch (error) {
      if (!isBeaten(error)) throw error;
      throw conflictOver(key, error);
    }
  }

  private async putWith(
    put: ReturnType<Ledger['putOf']>,
    beside: readonly Beside[],
    key: RecordKey,
  ): Promise<void> {
    try {
      await this.documents.send(new TransactWriteCommand({ TransactItems: [{ Put: put }, ...beside] }));
    } catch (error) {
      const beaten = beatenIn(error);
      if (!beaten) throw error;
      // A transaction that was in the way is over in a moment, as another writer of the record is.
      const mayPass = beaten.every(({ code }) => code === 'TransactionConflict');
      if (mayPass || beaten.some(({ number }) => number === 0)) throw conflictOver(key, error);
      throw new BesideError(`What belongs to ${key.finding} ${key.record} could not be written with it.`, {
        cause: error,
      });
    }
  }
}

function conflictOver({ finding, record }: RecordKey, cause: unknown): ConflictError {
  return new ConflictError(`Somebody else has written ${finding} ${record}.`, { cause });
}
