import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { findingStateSchema } from '../../core/report-schema';
import type { FindingState } from '../../core/states';
import { conditionally } from '../table/conditionally';
import { ConflictError } from '../table/errors';
import { itemsIn } from '../table/items-in';

const partition = 'baselines';
/** That something joined a baseline is noted so often at most. */
const notedMilliseconds = 60_000;
const keptMilliseconds = 30 * 24 * 60 * 60_000;
const maximumConflicts = 5;

const baselineSchema = z.object({ record: z.string(), begun: z.iso.datetime(), at: z.iso.datetime() });
const entrySchema = z.object({ control: z.string(), state: findingStateSchema });

/** Findings of an account of which people hear together. */
export interface Baseline {
  accountId: string;
  /** When the first was noted, ISO 8601. */
  begun: string;
  /** When something joined last, up to a minute too early, ISO 8601. */
  at: string;
}

/** A finding of a baseline. */
export interface BaselineEntry {
  control: string;
  state: FindingState;
}

/**
 * Findings that were there before anybody could have looked, by account, in the ledger's table: people hear of each account once. Every
 * write may be repeated.
 */
export class Baselines {
  /** @param tableName the ledger's table; its TTL attribute `expiresAt` removes old baselines */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * Notes a finding.
   * @param finding its name
   * @throws ConflictError when others kept being faster
   */
  async note(
    accountId: string,
    finding: string,
    { control, state }: BaselineEntry,
    now: Date,
  ): Promise<void> {
    for (let tries = 1; tries <= maximumConflicts; tries += 1) {
      const { begun, at } = (await this.read(accountId)) ?? {};
      const baseline = { accountId, begun: begun ?? now.toISOString(), at: now.toISOString() };
      await this.put({ finding: partitionOf(baseline), record: finding, control, state }, now);
      // Last, so that nobody tells of it before all is there.
      const isNoted = at !== undefined && now.getTime() - Date.parse(at) < notedMilliseconds;
      if (isNoted || (await this.noteTime(baseline, begun, now))) return;
    }
    throw new ConflictError(`Others kept writing the baseline of ${accountId}.`);
  }

  /** Every baseline of which people were not told. Items that cannot be understood are left out. */
  async list(): Promise<Baseline[]> {
    const found: Baseline[] = [];
    for await (const item of itemsIn(this.documents, this.tableName, partition)) {
      const { success, data } = baselineSchema.safeParse(item);
      if (success) found.push({ accountId: data.record, begun: data.begun, at: data.at });
    }
    return found;
  }

  /** The findings of a baseline. Items that cannot be understood are left out. */
  async entries(baseline: Baseline): Promise<BaselineEntry[]> {
    const found: BaselineEntry[] = [];
    for await (const item of itemsIn(this.documents, this.tableName, partitionOf(baseline))) {
      const { success, data } = entrySchema.safeParse(item);
      if (success) found.push(data);
    }
    return found;
  }

  /** People were told. What joined meanwhile stays, and is told once more. */
  async told({ accountId, at }: Baseline): Promise<void> {
    await conditionally(() =>
      this.documents.send(
        new DeleteCommand({
          TableName: this.tableName,
          Key: { finding: partition, record: accountId },
          ConditionExpression: '#at = :at',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': at },
        }),
      ),
    );
  }

  private async read(accountId: string): Promise<Baseline | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({
        TableName: this.tableName,
        Key: { finding: partition, record: accountId },
        ConsistentRead: true,
      }),
    );
    const { success, data } = baselineSchema.safeParse(item);
    return success ? { accountId, begun: data.begun, at: data.at } : undefined;
  }

  /** @returns false when it is another baseline by now */
  private noteTime(
    { accountId, begun, at }: Baseline,
    seen: string | undefined,
    now: Date,
  ): Promise<boolean> {
    const condition =
      seen === undefined
        ? { ConditionExpression: 'attribute_not_exists(#begun)' }
        : { ConditionExpression: '#begun = :begun', ExpressionAttributeValues: { ':begun': seen } };
    const item = { finding: partition, record: accountId, begun, at };
    return conditionally(() =>
      this.put(item, now, { ...condition, ExpressionAttributeNames: { '#begun': 'begun' } }),
    );
  }

  private async put(item: Record<string, string>, now: Date, condition: object = {}): Promise<void> {
    // TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
    const expiresAt = Math.ceil((now.getTime() + keptMilliseconds) / 1000);
    await this.documents.send(
      new PutCommand({ TableName: this.tableName, Item: { ...item, expiresAt }, ...condition }),
    );
  }
}

function partitionOf({ accountId, begun }: Pick<Baseline, 'accountId' | 'begun'>): string {
  return `baseline#${accountId}#${begun}`;
}
