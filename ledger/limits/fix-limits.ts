import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { jitteredMilliseconds, type Waiting } from '../../core/jittered';
import { allConditionally, conditionally } from '../table/conditionally';
import { LedgerError, RecordError } from '../table/errors';
import { KeyedReads, type Wanted } from '../table/keyed-reads';
import { type FixLog, freeAt, type LimitReached, lastHour, withFix, withoutFix } from './fix-log';
import type { LimitScope } from './waits-for';

const partition = 'fix-limit';
/** In the order in which they are asked. */
const kindsOfLimits = ['failures', 'account', 'organization'] as const;
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

/** One hour's count, as it was read. */
interface FixCount {
  version: number;
  log: FixLog;
}

/** An hour's count as it is to become, and the version on which that rests. */
interface NextCount extends FixCount {
  scope: LimitScope;
}

/** The counts that decide about a fix in an account. */
export type FixCounts = Readonly<Record<LimitScope['kind'], FixCount>>;

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
  private readonly reads: KeyedReads;

  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly waiting: Waiting,
  ) {
    this.reads = new KeyedReads(documents, tableName, waiting);
  }

  /**
   * Takes one attempt out of the account's and the organization's hour, unless one of them is used up, or too many attempts
   * in the account failed. Taking the same attempt twice takes it once. Both hours are written in one transaction, or neither.
   * @param known the counts, as they were read a moment ago; if somebody changed one since, they are read again
   * @returns the limit that is reached; undefined when the fix may be made
   * @throws ContendedError
   */
  async reserve(
    { accountId, fix: name }: CountedFix,
    perHour: FixesPerHour,
    now: Date,
    known?: FixCounts,
  ): Promise<LimitReached | undefined> {
    const { pause, random } = this.waiting;
    const fix = keyOfFix(name);
    let counts = known;
    for (let conflicts = 1; conflicts <= maximumConflicts; conflicts += 1) {
      counts ??= (await this.reads.read({ counts: this.wanted(accountId) })).counts();
      const next = countsWith(fix, counts, accountId, perHour, now);
      if (!Array.isArray(next)) return next;
      if (await this.writeAll(next)) return undefined;
      await pause(jitteredMilliseconds(conflicts, random));
      counts = undefined;
    }
    throw new ContendedError(`Others kept changing the count of fixes of ${accountId}.`);
  }

  /** The counts that decide about a fix in an account, to be read together with others. */
  wanted(accountId: string): Wanted<FixCounts> {
    const scopes = kindsOfLimits.map((kind) => scopeOf(kind, accountId));
    return {
      keys: scopes.map(keyOf),
      understood: (items) => {
        const counts = scopes.map((scope, index) => [scope.kind, countOf(scope, items[index])]);
        return Object.fromEntries(counts) as FixCounts;
      },
    };
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
    // Each by itself, since operators ask too, and may read no batches.
    for (const kind of kindsOfLimits) {
      const count = await this.read(scopeOf(kind, accountId));
      const reached = reachedBy(count, kind, accountId, perHour, now);
      if (reached) return reached;
    }
    return undefined;
  }

  /** @returns false when somebody else has written one of them since; then none is written */
  private writeAll(counts: readonly NextCount[]): Promise<boolean> {
    return allConditionally(
      this.documents,
      counts.map(({ scope, version, log }) => this.put(scope, version, log)),
    );
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

  private async read(scope: LimitScope): Promise<FixCount> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(scope), ConsistentRead: true }),
    );
    return countOf(scope, item);
  }

  /** @returns false when somebody else has written it since */
  private async write(scope: LimitScope, seen: number, log: FixLog): Promise<boolean> {
    return conditionally(() => this.documents.send(new PutCommand(this.put(scope, seen, log))));
  }

  private put(scope: LimitScope, seen: number, log: FixLog) {
    return {
      TableName: this.tableName,
      Item: { ...keyOf(scope), version: seen + 1, fixes: JSON.stringify(log) },
      ConditionExpression: 'attribute_not_exists(#version) OR #version = :seen',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':seen': seen },
    };
  }
}

/** @throws RecordError when the item cannot be understood */
function countOf(scope: LimitScope, item: Record<string, unknown> | undefined): FixCount {
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

/** The limit of a kind, where one more fix would reach it. */
function reachedBy(
  { log }: FixCount,
  kind: LimitScope['kind'],
  accountId: string,
  perHour: FixesPerHour,
  now: Date,
): LimitReached | undefined {
  const limit = perHour[kind];
  const free = freeAt(log, limit, now);
  return free && { scope: scopeOf(kind, accountId), limit, freeAt: free };
}

/** @returns the hours in which a fix is to be counted, with it; or the limit that it reaches */
function countsWith(
  fix: string,
  counts: FixCounts,
  accountId: string,
  perHour: FixesPerHour,
  now: Date,
): NextCount[] | LimitReached {
  const failing = reachedBy(counts.failures, 'failures', accountId, perHour, now);
  if (failing) return failing;
  const added: NextCount[] = [];
  for (const kind of ['account', 'organization'] as const) {
    const { version, log } = counts[kind];
    const scope = scopeOf(kind, accountId);
    const next = withFix(log, fix, perHour[kind], now);
    if ('freeAt' in next) return { scope, limit: perHour[kind], freeAt: next.freeAt };
    if (!Object.hasOwn(lastHour(log, now), fix)) added.push({ scope, version, log: next.log });
  }
  return added;
}

function scopeOf(kind: LimitScope['kind'], accountId: string): LimitScope {
  return kind === 'organization' ? { kind } : { kind, accountId };
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
