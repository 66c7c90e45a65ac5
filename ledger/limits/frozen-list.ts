import * as z from 'zod/mini';
import { listDigestPattern } from '../../core/frozen-list';
import { parsedJson } from '../../core/parsed-json';
import { RecordError } from '../table/errors';

const time = z.iso.datetime();
const names = z.array(z.string().check(z.regex(listDigestPattern)));

const contentSchema = z.object({
  /** What is in it, as `nameInList` gives it, sorted. */
  names,
  /** Since when there is something in it. */
  since: time,
  /** In how many sweeps in a row nothing has joined it. */
  quiet: z.int(),
  /** It is too much to be fixed without a person: it waits for one. */
  frozen: z.boolean(),
  /** When people were told of it last, and whether something has joined it since. */
  told: z.exactOptional(z.object({ at: time, hasGrown: z.boolean() })),
  /** What is no backlog any more since `at`, where its records may not say so yet. */
  releasing: z.exactOptional(z.object({ names, at: time })),
  /** How much was released of late without a person. */
  unattended: z.array(z.object({ at: time, count: z.int() })),
  /** The last order that thawed it. */
  thawed: z.exactOptional(z.object({ order: z.string(), by: z.string(), at: time, count: z.int() })),
});

/** An account's backlog: fixes that wait until it is known how many there are, or until a person thaws them. */
export type FrozenList = z.infer<typeof contentSchema> & {
  accountId: string;
  /** Grows with each write; 0 for one that was never written. */
  version: number;
};

const itemSchema = z.object({ record: z.string(), version: z.int(), content: z.string() });

/**
 * Reads an item of the ledger's table as an account's backlog.
 * @throws RecordError when it cannot be understood
 */
export function frozenListOf(item: Record<string, unknown>): FrozenList {
  const outer = itemSchema.safeParse(item);
  const content = contentSchema.safeParse(parsedJson(outer.data?.content));
  if (outer.success && content.success) {
    return { ...content.data, accountId: outer.data.record, version: outer.data.version };
  }
  throw new RecordError(`The backlog of account ${item.record} cannot be understood. Look at the item.`);
}
