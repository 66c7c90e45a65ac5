import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { MemberRole, Refusal } from '../limits/waits-for';
import { conditionally } from '../table/conditionally';
import { itemsIn } from '../table/items-in';
import type { Wanted } from '../table/keyed-reads';

const partition = 'unreachable';
/** Whoever tries an account again has it for so long; longer than a call of STS takes. */
const triedMilliseconds = 3 * 60_000;
/** How long one process remembers that it has noted an account. */
const notedMilliseconds = 60_000;
/** An account that nobody has tried for so long is forgotten. */
const rememberedMilliseconds = 30 * 24 * 60 * 60_000;

const itemSchema = z.object({
  record: z.string(),
  since: z.iso.datetime(),
  until: z.iso.datetime(),
  tries: z.int(),
  reason: z.string(),
  errorCode: z.string(),
  matters: z.exactOptional(z.literal(true)),
});

/** One of the roles by which Staunch reaches an account. */
export interface ReachedBy {
  accountId: string;
  role: MemberRole;
}

/** An account that cannot be reached by one of its roles. */
export interface UnreachableAccount extends ReachedBy, Refusal {
  /** When that was seen first, ISO 8601. */
  since: string;
  /** When it is tried again, ISO 8601. */
  until: string;
  /** How often it was tried in a row. */
  tries: number;
  /** Something would be told or fixed there: people should hear of it. */
  matters?: true;
}

/**
 * The accounts whose roles cannot be assumed, in the ledger's table. Each is remembered until some time, so that its findings cause
 * no further calls until then, however many there are; then one worker tries it again.
 */
export class UnreachableAccounts {
  /** What this process is trying again. */
  private readonly trying = new Set<string>();
  /** When this process noted that people should hear of it. */
  private readonly noted = new Map<string, number>();

  /**
   * @param tableName the ledger's table; its TTL attribute `expiresAt` removes what nobody asks about any more
   * @param pauseAfter how many milliseconds to wait after so many tries
   */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly pauseAfter: (tries: number) => number,
  ) {}

  /**
   * Asks whether an account may be tried. When its time has come, that is allowed once: then say what came of it.
   * @returns why not; undefined when it may be tried
   */
  async refusal(of: ReachedBy, now: Date): Promise<Refusal | undefined> {
    return this.refusalBy(await this.read(of), now);
  }

  /** The same, of what was read of the account. */
  async refusalBy(known: UnreachableAccount | undefined, now: Date): Promise<Refusal | undefined> {
    if (!known) return undefined;
    return (await this.mayTry(known, now)) ? undefined : known;
  }

  /** What is known of an account, to be read together with others; undefined when it can be reached, as far as is known. */
  wanted(of: ReachedBy): Wanted<UnreachableAccount | undefined> {
    return { keys: [keyOf(of)], understood: ([item]) => item && parsed(item) };
  }

  /**
   * Whether an account that cannot be reached may be tried again now, by this process alone.
   * @param known as it was read
   */
  async mayTry(known: UnreachableAccount, now: Date): Promise<boolean> {
    if (known.until > now.toISOString()) return false;
    const until = new Date(now.getTime() + triedMilliseconds).toISOString();
    if (!(await this.write(known, { until }, known.until))) return false;
    this.trying.add(recordOf(known));
    return true;
  }

  /** Remembers that an account cannot be reached. */
  async remember(of: ReachedBy, { reason, errorCode }: Refusal, now: Date): Promise<void> {
    const known = await this.read(of);
    const isMine = this.trying.delete(recordOf(of));
    // Somebody else has just remembered the same.
    if (known && !isMine && known.until > now.toISOString()) return;
    const tries = (known?.tries ?? 0) + 1;
    await this.write(
      of,
      {
        reason,
        errorCode,
        since: known?.since ?? now.toISOString(),
        until: new Date(now.getTime() + this.pauseAfter(tries)).toISOString(),
        tries,
      },
      known?.until,
    );
  }

  /** An account was reached: forgets it, where this process was the one that tried it again. */
  async reached(of: ReachedBy): Promise<void> {
    if (this.trying.delete(recordOf(of))) await this.forget(of);
  }

  /** From now on an account may be tried by anybody. */
  async forget(of: ReachedBy): Promise<void> {
    this.trying.delete(recordOf(of));
    await this.documents.send(new DeleteCommand({ TableName: this.tableName, Key: keyOf(of) }));
  }

  /** Notes that people should hear of an account that cannot be reached. */
  async note(of: ReachedBy, now: Date): Promise<void> {
    if ((this.noted.get(recordOf(of)) ?? 0) > now.getTime() - notedMilliseconds) return;
    this.noted.set(recordOf(of), now.getTime());
    await conditionally(() =>
      this.documents.send(
        new UpdateCommand({
          TableName: this.tableName,
          Key: keyOf(of),
          UpdateExpression: 'SET #matters = :true',
          ConditionExpression: 'attribute_exists(#finding) AND attribute_not_exists(#matters)',
          ExpressionAttributeNames: { '#matters': 'matters', '#finding': 'finding' },
          ExpressionAttributeValues: { ':true': true },
        }),
      ),
    );
  }

  /** All of them. Items that cannot be understood are left out: what they stand for is tried again. */
  async list(): Promise<UnreachableAccount[]> {
    const found: UnreachableAccount[] = [];
    for await (const item of itemsIn(this.documents, this.tableName, partition)) {
      const account = parsed(item);
      if (account) found.push(account);
    }
    return found;
  }

  /** @returns undefined when it can be reached, as far as is known */
  async read(of: ReachedBy): Promise<UnreachableAccount | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(of), ConsistentRead: true }),
    );
    return item && parsed(item);
  }

  /**
   * Attribute by attribute, so that a note which arrives meanwhile stays.
   * @returns false when somebody else has written it since
   */
  private async write(
    of: ReachedBy,
    said: Pick<UnreachableAccount, 'until'> & Partial<UnreachableAccount>,
    seenUntil: string | undefined,
  ): Promise<boolean> {
    // TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
    const expiresAt = Math.ceil((Date.parse(said.until) + rememberedMilliseconds) / 1000);
    const entries = Object.entries({ ...said, expiresAt });
    return conditionally(() =>
      this.documents.send(
        new UpdateCommand({
          TableName: this.tableName,
          Key: keyOf(of),
          UpdateExpression: `SET ${entries.map(([name]) => `#${name} = :${name}`).join(', ')}`,
          ConditionExpression: seenUntil === undefined ? 'attribute_not_exists(#until)' : '#until = :seen',
          ExpressionAttributeNames: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
          ExpressionAttributeValues: {
            ...Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
            ...(seenUntil !== undefined && { ':seen': seenUntil }),
          },
        }),
      ),
    );
  }
}

function parsed(item: Record<string, unknown>): UnreachableAccount | undefined {
  const { success, data } = itemSchema.safeParse(item);
  if (!success) return undefined;
  const { record, ...said } = data;
  const [accountId = '', role] = record.split('#');
  return role === 'read' || role === 'remediation' ? { accountId, role, ...said } : undefined;
}

function recordOf({ accountId, role }: ReachedBy): string {
  return `${accountId}#${role}`;
}

function keyOf(of: ReachedBy): { finding: string; record: string } {
  return { finding: partition, record: recordOf(of) };
}
