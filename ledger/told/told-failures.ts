import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { cut } from '../../core/cut';
import { conditionally } from '../table/conditionally';
import { itemsIn } from '../table/items-in';

/** So many findings of an account may fail in an hour before further ones are told together. */
export const mostToldAlone = 3;

const hoursPartition = 'told-together';
const alonePrefix = 'alone#';
const togetherPrefix = 'together#';
const hourMilliseconds = 60 * 60_000;
/** Whoever was about to add to an hour has done so by then. */
const settledMilliseconds = 2 * 60_000;
const keptMilliseconds = 7 * 24 * hourMilliseconds;
/** Longer reasons are cut; it is only told. */
const longestReason = 300;

const ownerSchema = z.object({ record: z.string(), finding: z.string(), owner: z.string() });
const togetherSchema = z.object({ reason: z.string() });

/** An hour, by the clock, in which failures of an account are told together. */
export interface FailureHour {
  accountId: string;
  /** Its beginning, ISO 8601. */
  hour: string;
}

/**
 * Which failures of an account people hear of one by one, and which together, in the ledger's table: the first few findings that
 * fail in an hour have a slot each. Every write may be repeated, so that no count comes apart from what was told.
 */
export class ToldFailures {
  /** @param tableName the ledger's table; its TTL attribute `expiresAt` removes old hours */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * Notes that a finding has failed.
   * @param finding its name; one that is told alone is told alone the whole hour
   * @returns how people should hear of it
   */
  async note(accountId: string, finding: string, reason: string, now: Date): Promise<'alone' | 'together'> {
    const hour = hourOf(accountId, now);
    if (await this.hasSlot(hour, finding, now)) return 'alone';
    // First the hour, so that nothing is noted in one that nobody looks at.
    await this.put({ finding: hoursPartition, record: `${accountId}#${hour.hour}` }, {}, now);
    const key = { finding: partitionOf(hour), record: `${togetherPrefix}${finding}` };
    await this.put(key, { reason: cut(reason, longestReason) }, now);
    return 'together';
  }

  /** The hours that are over, and whose failures have to be told together. */
  async over(now: Date): Promise<FailureHour[]> {
    const hours: FailureHour[] = [];
    for await (const { record } of itemsIn(this.documents, this.tableName, hoursPartition)) {
      const [accountId = '', hour = ''] = String(record).split('#');
      const end = Date.parse(hour) + hourMilliseconds + settledMilliseconds;
      if (end <= now.getTime()) hours.push({ accountId, hour });
    }
    return hours;
  }

  /** Why the findings failed that are told together in an hour: how many for each reason. */
  async reasons(hour: FailureHour): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for await (const item of itemsIn(this.documents, this.tableName, partitionOf(hour), togetherPrefix)) {
      const { success, data } = togetherSchema.safeParse(item);
      const reason = success ? data.reason : 'for an unknown reason';
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    return counts;
  }

  /** An hour was told. */
  async told({ accountId, hour }: FailureHour): Promise<void> {
    const Key = { finding: hoursPartition, record: `${accountId}#${hour}` };
    await this.documents.send(new DeleteCommand({ TableName: this.tableName, Key }));
  }

  private async hasSlot(hour: FailureHour, owner: string, now: Date): Promise<boolean> {
    const taken = new Map<string, string>();
    for await (const item of itemsIn(this.documents, this.tableName, partitionOf(hour), alonePrefix)) {
      const { success, data } = ownerSchema.safeParse(item);
      if (success) taken.set(data.record, data.owner);
    }
    if ([...taken.values()].includes(owner)) return true;
    for (let slot = 1; slot <= mostToldAlone; slot += 1) {
      const record = `${alonePrefix}${slot}`;
      if (taken.has(record)) continue;
      if (await this.put({ finding: partitionOf(hour), record }, { owner }, now, true)) return true;
    }
    return false;
  }

  /** @returns false when it has to be new, and is not */
  private async put(
    key: { finding: string; record: string },
    attributes: Record<string, string>,
    now: Date,
    isNew = false,
  ): Promise<boolean> {
    return conditionally(() =>
      this.documents.send(
        new PutCommand({
          TableName: this.tableName,
          // TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
          Item: { ...key, ...attributes, expiresAt: Math.ceil((now.getTime() + keptMilliseconds) / 1000) },
          ...(isNew && {
            ConditionExpression: 'attribute_not_exists(#finding)',
            ExpressionAttributeNames: { '#finding': 'finding' },
          }),
        }),
      ),
    );
  }
}

function hourOf(accountId: string, now: Date): FailureHour {
  const begun = new Date(Math.floor(now.getTime() / hourMilliseconds) * hourMilliseconds);
  return { accountId, hour: begun.toISOString() };
}

function partitionOf({ accountId, hour }: FailureHour): string {
  return `failures#${accountId}#${hour}`;
}
