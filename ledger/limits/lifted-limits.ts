import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { RecordError } from '../table/errors';
import type { Wanted } from '../table/keyed-reads';
import { putVersioned } from '../table/versioned-put';
import type { FixesPerHour } from './fix-limits';

const key = { finding: 'lifted-limits', record: 'fixes-per-hour' };
/** What is over is kept for so long, for whoever looks into it. */
const keptMilliseconds = 30 * 24 * 60 * 60_000;

const time = z.iso.datetime();
/** The limits of fixes an hour, lifted for a while. */
export const liftedLimitsSchema = z.object({
  /** How many fixes an hour are allowed, in each account and in all. */
  fixesPerHour: z.int(),
  /** When it ends, ISO 8601 in UTC with milliseconds. */
  until: time,
  reason: z.string(),
  by: z.string(),
  at: time,
  /** The key of the order that lifted them. */
  order: z.string(),
  /** People were told that it is over. */
  over: z.exactOptional(z.literal(true)),
});
const itemSchema = z.extend(liftedLimitsSchema, { version: z.int() });

/** The limits of fixes an hour, lifted for a while. */
export type LiftedLimits = z.infer<typeof liftedLimitsSchema>;

/** Whether lifted limits count now. */
export function isLifted(lifted: LiftedLimits | undefined, now: Date): boolean {
  return lifted !== undefined && Date.parse(lifted.until) > now.getTime();
}

/** The limits that count now: those of the policy, and where they are lifted, no fewer than that. Pure. */
export function limitsNow(perHour: FixesPerHour, lifted: LiftedLimits | undefined, now: Date): FixesPerHour {
  if (!lifted || !isLifted(lifted, now)) return perHour;
  const { account, organization, failures } = perHour;
  const { fixesPerHour: least } = lifted;
  return { account: Math.max(account, least), organization: Math.max(organization, least), failures };
}

/** The one lifting of the limits, in the ledger's table. Only the coordinator writes it. */
export class LiftedLimitsStore {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * The last lifting, also one that is over, and its version.
   * @throws RecordError when it cannot be understood
   */
  async read(): Promise<{ lifted?: LiftedLimits; version: number }> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: key, ConsistentRead: true }),
    );
    if (!item) return { version: 0 };
    const parsed = itemSchema.safeParse(item);
    if (!parsed.success) throw new RecordError('The lifted limits cannot be understood. Look at the item.');
    const { version, ...lifted } = parsed.data;
    return { lifted, version };
  }

  /** The last lifting, to be read together with others; one that cannot be understood lifts nothing. */
  wanted(): Wanted<LiftedLimits | undefined> {
    return { keys: [key], understood: ([item]) => liftedLimitsSchema.safeParse(item).data };
  }

  /**
   * Writes a lifting in the place of the one that was read.
   * @param seen the version that was read
   * @returns false when somebody else has written it since
   */
  write(lifted: LiftedLimits, seen: number): Promise<boolean> {
    const expiresAt = Math.ceil((Date.parse(lifted.until) + keptMilliseconds) / 1000);
    return putVersioned(
      this.documents,
      this.tableName,
      { ...key, version: seen + 1, ...lifted, expiresAt },
      seen,
    );
  }
}
