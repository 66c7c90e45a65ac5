import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { ledgerDueIndexName, ledgerOpenIndexName } from '../../core/names';
import { lookPartition, waitingPartition } from '../findings/due';
import type { FindingRecord } from '../findings/record';
import { approvalTimerKey, type RecordKey } from '../findings/record-key';
import { decisionOf } from '../findings/record-parts';
import { conditionally } from './conditionally';

/** Later than anything is due. */
export const endOfTime = new Date('9999-01-01T00:00:00.000Z');

/** One page of what is due, the oldest first. */
export interface DuePage {
  keys: RecordKey[];
  /** Hand it to the next call for the next page; absent on the last one. */
  next?: Record<string, unknown>;
}

/** What the indexes of the ledger's table tell: what is due, what waits, and what is open. Keys only, never a record. */
export class LedgerIndexes {
  constructor(
    protected readonly documents: DynamoDBDocumentClient,
    protected readonly tableName: string,
  ) {}

  /**
   * What a partition of the index over what is due holds, the oldest first. The index is only eventually consistent: read
   * each record again before deciding anything.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
   * @param partition as `due.ts` names them
   * @param until what is due later is left out
   */
  async due(partition: string, until: Date, limit: number, from?: Record<string, unknown>): Promise<DuePage> {
    const { Items: items = [], LastEvaluatedKey: next } = await this.documents.send(
      new QueryCommand({
        ...this.inPartition(partition, until),
        Limit: limit,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    const keys = items.map(({ finding, record }) => ({ finding: String(finding), record: String(record) }));
    return { keys, ...(next && { next }) };
  }

  /** Has the sweep look at an occurrence when its approval expires, whatever else it waits for until then. */
  async setApprovalTimer(record: FindingRecord): Promise<void> {
    const { finding, occurrence } = record;
    const decision = decisionOf(record);
    if (decision?.until === undefined) return;
    await this.documents.send(
      new PutCommand({
        TableName: this.tableName,
        Item: { finding, record: approvalTimerKey(occurrence), sweep: lookPartition, dueAt: decision.until },
      }),
    );
  }

  /** Takes the timer of an approval away, unless it was set for another time since. */
  async removeApprovalTimer({ finding, record }: RecordKey, now: Date): Promise<void> {
    await conditionally(() =>
      this.documents.send(
        new DeleteCommand({
          TableName: this.tableName,
          Key: { finding, record },
          ConditionExpression: '#dueAt <= :now',
          ExpressionAttributeNames: { '#dueAt': 'dueAt' },
          ExpressionAttributeValues: { ':now': now.toISOString() },
        }),
      ),
    );
  }

  /** How many occurrences are held until something is over; see `waits-for.ts`. */
  async countWaiting(waitsFor: string): Promise<number> {
    let count = 0;
    let from: Record<string, unknown> | undefined;
    do {
      const { Count: found = 0, LastEvaluatedKey: next } = await this.documents.send(
        new QueryCommand({
          ...this.inPartition(waitingPartition(waitsFor), endOfTime),
          Select: 'COUNT',
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      count += found;
      from = next;
    } while (from);
    return count;
  }

  /**
   * How many findings of an account are open and take a place, as far as it matters. The index is only eventually consistent:
   * findings of the last moment may be missing.
   * @param atMost counts no further
   */
  async countOpen(accountId: string, atMost: number): Promise<number> {
    let count = 0;
    let from: Record<string, unknown> | undefined;
    do {
      const { Count: found = 0, LastEvaluatedKey: next } = await this.documents.send(
        new QueryCommand({
          TableName: this.tableName,
          IndexName: ledgerOpenIndexName,
          KeyConditionExpression: '#openIn = :account',
          ExpressionAttributeNames: { '#openIn': 'openIn' },
          ExpressionAttributeValues: { ':account': accountId },
          Select: 'COUNT',
          Limit: atMost - count,
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      count += found;
      from = next;
    } while (from && count < atMost);
    return count;
  }

  /**
   * Moves an item back in the index over what is due: what could not be done now must not stand in the way of the rest. The
   * item itself stays as it is, also one that cannot be understood.
   * @param until when it is due again
   */
  async postpone({ finding, record }: RecordKey, until: Date): Promise<void> {
    await conditionally(() =>
      this.documents.send(
        new UpdateCommand({
          TableName: this.tableName,
          Key: { finding, record },
          UpdateExpression: 'SET #dueAt = :until',
          ConditionExpression: 'attribute_exists(#sweep) AND #dueAt < :until',
          ExpressionAttributeNames: { '#sweep': 'sweep', '#dueAt': 'dueAt' },
          ExpressionAttributeValues: { ':until': until.toISOString() },
        }),
      ),
    );
  }

  private inPartition(partition: string, until: Date) {
    return {
      TableName: this.tableName,
      IndexName: ledgerDueIndexName,
      KeyConditionExpression: '#sweep = :partition AND #dueAt <= :until',
      ExpressionAttributeNames: { '#sweep': 'sweep', '#dueAt': 'dueAt' },
      ExpressionAttributeValues: { ':partition': partition, ':until': until.toISOString() },
    };
  }
}
