import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { actorSchema } from '../../core/actor';
import { orderPrefix } from '../../core/names';
import { orderKeyPattern, orderSchema } from '../../core/order';
import { parsedJson } from '../../core/parsed-json';
import { proposalPartition } from '../findings/due';
import type { RecordKey } from '../findings/record-key';
import { conditionally } from '../table/conditionally';
import { putVersioned } from '../table/versioned-put';
import { orderRecordKey } from './orders';

/** An ended proposal is of no use; a day later it is removed. */
const keptMilliseconds = 24 * 60 * 60_000;

const proposalSchema = z.object({
  version: z.int(),
  actor: actorSchema,
  order: orderSchema,
  /** Until when a second person may order the same; ISO 8601. */
  until: z.iso.datetime(),
  /** Key of the second person's order, once there is one: a proposal counts once. */
  usedBy: z.exactOptional(z.string().check(z.regex(orderKeyPattern))),
  /** Whether people are told that it waits: then they hear as well that somebody agreed. */
  told: z.exactOptional(z.literal(true)),
});

/** An order that waits for a second person. */
export type Proposal = z.infer<typeof proposalSchema>;

/** What the first of two persons has ordered, in the ledger's table: one for each thing that can be ordered. */
export class Proposals {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * @param subject `subjectDigest` of the order
   * @returns the proposal, also one that is over, and its version; one that cannot be understood is none, and may be replaced
   */
  async read(subject: string): Promise<{ proposal?: Proposal; version: number }> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(subject), ConsistentRead: true }),
    );
    const parsed = proposalSchema.safeParse(item && { ...item, order: parsedJson(item.order) });
    if (parsed.success) return { proposal: parsed.data, version: parsed.data.version };
    return { version: typeof item?.version === 'number' ? item.version : 0 };
  }

  /**
   * Writes a proposal in the place of the one that was read. The sweep tells of one that waits, and of one to which
   * somebody agreed after that was told.
   * @param seen the version that was read; 0 where there was none
   * @param now when the sweep shall tell of it
   * @returns false when somebody else has written it since
   */
  write(subject: string, proposal: Omit<Proposal, 'version'>, seen: number, now: Date): Promise<boolean> {
    const item = {
      ...proposal,
      ...keyOf(subject),
      ...((proposal.usedBy === undefined || proposal.told) && {
        sweep: proposalPartition,
        dueAt: now.toISOString(),
      }),
      order: JSON.stringify(proposal.order),
      version: seen + 1,
      expiresAt: Math.ceil((Date.parse(proposal.until) + keptMilliseconds) / 1000),
    };
    return putVersioned(this.documents, this.tableName, item, seen);
  }

  /**
   * Writes down, before people are told that a proposal waits, that they are. Whoever agrees at the same time reads it again.
   * @param seen the version that was read
   * @returns false when somebody else has written it since
   */
  willTell(subject: string, seen: number): Promise<boolean> {
    return conditionally(() =>
      this.documents.send(
        new UpdateCommand({
          TableName: this.tableName,
          Key: keyOf(subject),
          UpdateExpression: 'SET #told = :true, #version = :next',
          ConditionExpression: '#version = :seen AND attribute_exists(#sweep)',
          ExpressionAttributeNames: { '#version': 'version', '#sweep': 'sweep', '#told': 'told' },
          ExpressionAttributeValues: { ':seen': seen, ':next': seen + 1, ':true': true },
        }),
      ),
    );
  }

  /**
   * Has the sweep come to a proposal again, unless somebody has written it since it was read.
   * @param seen the version that was read
   * @param next when, ISO 8601; never, where left out
   */
  async comeAgain(subject: string, seen: number, next?: string): Promise<void> {
    await conditionally(() =>
      this.documents.send(
        new UpdateCommand({
          TableName: this.tableName,
          Key: keyOf(subject),
          UpdateExpression: next === undefined ? 'REMOVE #sweep, #dueAt' : 'SET #dueAt = :next',
          ConditionExpression: '#version = :seen AND attribute_exists(#sweep)',
          ExpressionAttributeNames: { '#version': 'version', '#sweep': 'sweep', '#dueAt': 'dueAt' },
          ExpressionAttributeValues: { ':seen': seen, ...(next !== undefined && { ':next': next }) },
        }),
      ),
    );
  }
}

const proposalPrefix = `${orderPrefix}proposal#`;

function keyOf(subject: string): RecordKey {
  return { finding: `${proposalPrefix}${subject}`, record: orderRecordKey };
}

/** What a proposal is about, by its key: `subjectDigest` of the order. */
export function subjectOf({ finding }: RecordKey): string {
  return finding.slice(proposalPrefix.length);
}
