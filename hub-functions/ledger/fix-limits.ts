import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ConflictError, RecordError } from './errors';
import { type FixLog, lastHour, withFix, withoutFix } from './fix-log';

const partition = 'fix-limit';
const organizationScope = 'organization';
/** Many findings of one organization are worked on at once. */
const maximumConflicts = 20;

const itemSchema = z.object({ version: z.int(), fixes: z.string() });
const logSchema = z.record(z.string(), z.iso.datetime());

/** How many fixes an hour are allowed. */
export interface FixesPerHour {
  account: number;
  organization: number;
}

/** A limit that is reached. */
export interface LimitReached {
  scope: 'account' | 'organization';
  limit: number;
  /** When it allows the next fix. */
  freeAt: Date;
}

/**
 * Counts the fixes of the last hour, in the ledger's table: of each account, and of the organization. Because an account's
 * limit is smaller than the organization's, no account can use up what is there for the others.
 */
export class FixLimits {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * Takes one fix out of the account's and the organization's hour, unless one of them is used up. The same finding counts
   * once an hour, however often it is tried.
   * @returns the limit that is reached; undefined when the fix may be made
   */
  async reserve(
    { accountId, fix: name }: { accountId: string; fix: string },
    perHour: FixesPerHour,
    now: Date,
  ): Promise<LimitReached | undefined> {
    const fix = keyOfFix(name);
    const own = await this.take(accountId, fix, perHour.account, now);
    if (own.freeAt) return { scope: 'account', limit: perHour.account, freeAt: own.freeAt };
    const all = await this.take(organizationScope, fix, perHour.organization, now);
    if (!all.freeAt) return undefined;
    // A crash right here costs the account one fix of this hour.
    if (own.added) await this.change(accountId, now, (log) => withoutFix(log, fix));
    return { scope: 'organization', limit: perHour.organization, freeAt: all.freeAt };
  }

  /** As `reserve`, and takes nothing. */
  async peek(
    { accountId, fix: name }: { accountId: string; fix: string },
    perHour: FixesPerHour,
    now: Date,
  ): Promise<LimitReached | undefined> {
    for (const scope of ['account', 'organization'] as const) {
      const limit = perHour[scope];
      const { log } = await this.read(scope === 'account' ? accountId : organizationScope);
      const next = withFix(log, keyOfFix(name), limit, now);
      if ('freeAt' in next) return { scope, limit, freeAt: next.freeAt };
    }
    return undefined;
  }

  private async take(
    scope: string,
    fix: string,
    limit: number,
    now: Date,
  ): Promise<{ added?: boolean; freeAt?: Date }> {
    let taken: { added?: boolean; freeAt?: Date } = {};
    await this.change(scope, now, (log) => {
      const next = withFix(log, fix, limit, now);
      if ('freeAt' in next) {
        taken = { freeAt: next.freeAt };
        return undefined;
      }
      taken = { added: !Object.hasOwn(log, fix) };
      return taken.added ? next.log : undefined;
    });
    return taken;
  }

  /** Changes a log, deciding anew whenever somebody else was faster. */
  private async change(scope: string, now: Date, decide: (log: FixLog) => FixLog | undefined): Promise<void> {
    for (let conflicts = 0; conflicts < maximumConflicts; conflicts += 1) {
      const { version, log } = await this.read(scope);
      const next = decide(lastHour(log, now));
      if (!next || (await this.write(scope, version, next))) return;
    }
    throw new ConflictError(`Others kept changing the count of fixes of ${scope}.`);
  }

  private async read(scope: string): Promise<{ version: number; log: FixLog }> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(scope), ConsistentRead: true }),
    );
    if (!item) return { version: 0, log: {} };
    try {
      const { version, fixes } = itemSchema.parse(item);
      return { version, log: logSchema.parse(JSON.parse(fixes)) };
    } catch (error) {
      throw new RecordError(`The count of fixes of ${scope} cannot be understood. Look at the item.`, {
        cause: error,
      });
    }
  }

  /** @returns false when somebody else has written it since */
  private async write(scope: string, seen: number, log: FixLog): Promise<boolean> {
    try {
      await this.documents.send(
        new PutCommand({
          TableName: this.tableName,
          Item: { ...keyOf(scope), version: seen + 1, fixes: JSON.stringify(log) },
          ConditionExpression: 'attribute_not_exists(#version) OR #version = :seen',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':seen': seen },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

/** Short, so that an hour of thousands of fixes fits into an item. */
function keyOfFix(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16);
}

function keyOf(scope: string): { finding: string; record: string } {
  return { finding: partition, record: scope };
}
