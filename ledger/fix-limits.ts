import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { jitteredMilliseconds, type Waiting } from '../core/jittered';
import { conditionally } from './conditionally';
import { LedgerError, RecordError } from './errors';
import { type FixLog, freeAt, type LimitReached, lastHour, withFix, withoutFix } from './fix-log';
import type { LimitScope } from './waits-for';

const partition = 'fix-limit';
/** Many findings of one organization are worked on at once. */
const maximumConflicts = 20;

const itemSchema = z.object({ version: z.int(), fixes: z.string() });
const logSchema = z.record(z.string(), z.iso.datetime());

/** How many fixes an hour are allowed. */
export interface FixesPerHour {
  account: number;
  organization: number;
  /** How many attempts in an account may fail without having changed anything, before further ones wait. */
  failures: number;
}

/** One attempt at a fix. */
export interface CountedFix {
  accountId: string;
  /** A name that no other attempt has. */
  fix: string;
}

/** Thrown when others kept changing a count at the same time. Nothing was counted; try again in a moment. */
export class ContendedError extends LedgerError {
  override readonly name = 'ContendedError';
}

/**
 * Counts the attempts of the last hour that changed something, or may have, in the ledger's table: of each account, and of
 * the organization. Because an account's limit is smaller than the organization's, no account can use up what is there for
 * the others. Attempts that changed nothing are counted apart, by account.
 */
export class FixLimits {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly waiting: Waiting,
  ) {}

  /**
   * Takes one attempt out of the account's and the organization's hour, unless one of them is used up, or too many attempts
   * in the account failed. Taking the same attempt twice takes it once.
   * @returns the limit that is reached; undefined when the fix may be made
   * @throws ContendedError
   */
  async reserve(
    { accountId, fix: name }: CountedFix,
    perHour: FixesPerHour,
    now: Date,
  ): Promise<LimitReached | undefined> {
    const failing = await this.failing(accountId, perHour, now);
    if (failing) return failing;
    const fix = keyOfFix(name);
    const account: LimitScope = { kind: 'account', accountId };
    const own = await this.take(account, fix, perHour.account, now);
    if (own.freeAt) return { scope: account, limit: perHour.account, freeAt: own.freeAt };
    const organization: LimitScope = { kind: 'organization' };
    const all = await this.take(organization, fix, perHour.organization, now);
    if (!all.freeAt) return undefined;
    // A crash right here costs the account one fix of this hour.
    if (own.added) await this.change(account, now, (log) => withoutFix(log, fix));
    return { scope: organization, limit: perHour.organization, freeAt: all.freeAt };
  }

  /** Gives an attempt back that changed nothing. @throws ContendedError */
  async giveBack({ accountId, fix: name }: CountedFix, now: Date): Promise<void> {
    const fix = keyOfFix(name);
    for (const scope of [{ kind: 'organization' }, { kind: 'account', accountId }] as const) {
      await this.change(scope, now, (log) => (Object.hasOwn(log, fix) ? withoutFix(log, fix) : undefined));
    }
  }

  /** Counts an attempt that failed and changed nothing. @throws ContendedError */
  async failed({ accountId, fix: name }: CountedFix, now: Date): Promise<void> {
    const fix = keyOfFix(name);
    await this.change({ kind: 'failures', accountId }, now, (log) => ({ ...log, [fix]: now.toISOString() }));
  }

  /**
   * How many more attempts a scope allows now.
   * @param limit of that scope
   */
  async free(scope: LimitScope, limit: number, now: Date): Promise<number> {
    const { log } = await this.read(scope);
    return Math.max(0, limit - Object.keys(lastHour(log, now)).length);
  }

  /** The limit that one more fix in an account would reach now; takes nothing. */
  async peek(accountId: string, perHour: FixesPerHour, now: Date): Promise<LimitReached | undefined> {
    const failing = await this.failing(accountId, perHour, now);
    if (failing) return failing;
    for (const scope of [{ kind: 'account', accountId }, { kind: 'organization' }] as const) {
      const limit = perHour[scope.kind];
      const { log } = await this.read(scope);
      const free = freeAt(log, limit, now);
      if (free) return { scope, limit, freeAt: free };
    }
    return undefined;
  }

  private async failing(
    accountId: string,
    { failures: limit }: FixesPerHour,
    now: Date,
  ): Promise<LimitReached | undefined> {
    const scope: LimitScope = { kind: 'failures', accountId };
    const { log } = await this.read(scope);
    const free = freeAt(log, limit, now);
    return free && { scope, limit, freeAt: free };
  }

  private async take(
    scope: LimitScope,
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
  private async change(
    scope: LimitScope,
    now: Date,
    decide: (log: FixLog) => FixLog | undefined,
  ): Promise<void> {
    const { pause, random } = this.waiting;
    for (let conflicts = 1; conflicts <= maximumConflicts; conflicts += 1) {
      const { version, log } = await this.read(scope);
      const next = decide(lastHour(log, now));
      if (!next || (await this.write(scope, version, next))) return;
      await pause(jitteredMilliseconds(conflicts, random));
    }
    throw new ContendedError(`Others kept changing the count of fixes of ${recordOf(scope)}.`);
  }

  private async read(scope: LimitScope): Promise<{ version: number; log: FixLog }> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(scope), ConsistentRead: true }),
    );
    if (!item) return { version: 0, log: {} };
    try {
      const { version, fixes } = itemSchema.parse(item);
      return { version, log: logSchema.parse(JSON.parse(fixes)) };
    } catch (error) {
      throw new RecordError(
        `The count of fixes of ${recordOf(scope)} cannot be understood. Look at the item.`,
        { cause: error },
      );
    }
  }

  /** @returns false when somebody else has written it since */
  private async write(scope: LimitScope, seen: number, log: FixLog): Promise<boolean> {
    return conditionally(() =>
      this.documents.send(
        new PutCommand({
          TableName: this.tableName,
          Item: { ...keyOf(scope), version: seen + 1, fixes: JSON.stringify(log) },
          ConditionExpression: 'attribute_not_exists(#version) OR #version = :seen',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':seen': seen },
        }),
      ),
    );
  }
}

/** Short, so that an hour of thousands of fixes fits into an item. */
function keyOfFix(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16);
}

function recordOf(scope: LimitScope): string {
  switch (scope.kind) {
    case 'organization':
      return scope.kind;
    case 'account':
      return scope.accountId;
    case 'failures':
      return `failures#${scope.accountId}`;
  }
}

function keyOf(scope: LimitScope): { finding: string; record: string } {
  return { finding: partition, record: recordOf(scope) };
}
