import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { actorSchema } from '../../core/actor';
import { orderPrefix } from '../../core/names';
import { orderAnswerSchema, orderKeyPattern, orderSchema } from '../../core/order';
import { parsedJson } from '../../core/parsed-json';
import { RecordError } from '../table/errors';
import { putVersioned } from '../table/versioned-put';

/** Sort key of every order. */
export const orderRecordKey = 'order';

/** How long an order is remembered, so that a repetition of it has the same answer and no other effect. */
const rememberedMilliseconds = 30 * 24 * 60 * 60_000;
/**
 * How long a refusal is: anybody in the organization may cause as many as the API lets in, and the log of the orders function keeps
 * each for longer.
 */
const refusedMilliseconds = 24 * 60 * 60_000;

const time = z.iso.datetime();

const base = {
  /** Grows with each write; every write is conditional on the version that was read. */
  version: z.int(),
  key: z.string().check(z.regex(orderKeyPattern)),
  /** Who gave it. */
  actor: actorSchema,
  /** `orderDigest` of what was sent under this key. */
  digest: z.string(),
  /** What is carried out. */
  order: orderSchema,
  /** When it was given; ISO 8601 in UTC with milliseconds. */
  at: time,
};
/** What belongs to an order that the coordinator is to carry out. */
const given = {
  ...base,
  /** The person who has ordered the same before, where it takes two. */
  proposer: z.exactOptional(actorSchema),
  /** How often the coordinator has taken it. */
  tries: z.int(),
};
const answer = orderAnswerSchema;

/** What the ledger keeps of an order, by its state. */
export const keptOrderSchema = z.discriminatedUnion('state', [
  z.object({ ...given, state: z.literal('given') }),
  /** The coordinator works on it: `holder`, until `until` at the latest. */
  z.object({ ...given, state: z.literal('taken'), holder: z.string(), until: time }),
  z.object({ ...given, state: z.literal('answered'), answer }),
  /** The policy does not allow it. */
  z.object({ ...base, state: z.literal('refused'), answer }),
  /** It waits for a second person to order the same. */
  z.object({ ...base, state: z.literal('proposed'), answer }),
]);

/** What the ledger keeps of an order. */
export type KeptOrder = z.infer<typeof keptOrderSchema>;
/** An order in one of some states. */
export type KeptOrderIn<State extends KeptOrder['state']> = Extract<KeptOrder, { state: State }>;

/** What an order that was given is, whatever becomes of it. */
export function givenParts(order: KeptOrderIn<'given' | 'taken'>) {
  const { version, key, actor, digest, order: request, at, proposer, tries } = order;
  return { version, key, actor, digest, order: request, at, tries, ...(proposer && { proposer }) };
}

/**
 * People's orders, in the ledger's table, one item for each key. The orders function writes those that are given, refused or proposed;
 * the coordinator takes and answers those that are given. The table's TTL attribute `expiresAt` removes them.
 */
export class KeptOrders {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * @returns undefined when there is none
   * @throws RecordError when it cannot be understood: then nothing is done for it
   */
  async read(key: string): Promise<KeptOrder | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(key), ConsistentRead: true }),
    );
    if (!item) return undefined;
    const parsed = keptOrderSchema.safeParse({
      ...item,
      order: parsedJson(item.order),
      ...(item.answer !== undefined && { answer: parsedJson(item.answer) }),
    });
    if (parsed.success && parsed.data.key === key) return parsed.data;
    throw new RecordError(`The order ${key} cannot be understood. Look at the item.`);
  }

  /**
   * Writes an order in the place of the one that was read, with the next version.
   * @param seen the version that was read; 0 where there was none
   * @returns it as it is then; undefined when somebody else has written it since
   */
  async write<Kept extends KeptOrder>(order: Kept, seen: number): Promise<Kept | undefined> {
    const next = { ...order, version: seen + 1 };
    const remembered = order.state === 'refused' ? refusedMilliseconds : rememberedMilliseconds;
    const item = {
      ...next,
      ...keyOf(order.key),
      // As text: a reason is whatever somebody writes.
      order: JSON.stringify(order.order),
      ...('answer' in order && { answer: JSON.stringify(order.answer) }),
      // TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
      expiresAt: Math.ceil((Date.parse(order.at) + remembered) / 1000),
    };
    return (await putVersioned(this.documents, this.tableName, item, seen)) ? next : undefined;
  }
}

function keyOf(key: string): { finding: string; record: string } {
  return { finding: `${orderPrefix}${key}`, record: orderRecordKey };
}
