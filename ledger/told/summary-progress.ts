import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { parsedJson } from '../../core/parsed-json';
import { putVersioned } from '../table/versioned-put';

const key = { finding: 'summary', record: 'progress' };

const count = z.int().check(z.nonnegative());
/** A finding that a summary names, and a time that says in which order. */
const named = z.object({ finding: z.string(), at: z.string() });

/** What a summary has counted so far. */
export const summaryCountsSchema = z.object({
  opened: count,
  closed: count,
  fixed: count,
  /** How many findings were open how long before they were closed, by a number of `spanStep`. */
  spans: z.record(z.string(), count),
  waiting: count,
  /** The longest waiting ones, since when. */
  longestWaiting: z.array(named),
  failed: count,
  held: count,
  ending: count,
  /** The exemptions that end first, and when. */
  firstEnding: z.array(named),
  unreadable: count,
});

/** What a summary has counted so far. */
export type SummaryCounts = z.infer<typeof summaryCountsSchema>;

const progressSchema = z.object({
  /** The end of the day that is summed up, ISO 8601. */
  until: z.iso.datetime(),
  done: z.boolean(),
  counts: summaryCountsSchema,
  /** Where the ledger is looked through from here on. */
  from: z.exactOptional(z.record(z.string(), z.unknown())),
});

/** How far the ledger was looked through for the summary of a day. */
export type SummaryProgress = z.infer<typeof progressSchema>;

/** Remembers, in the ledger's table, which day was summed up last, or how far it is summed up. */
export class SummaryProgressStore {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** @returns no progress where there is none, or it cannot be understood: then it is begun anew */
  async read(): Promise<{ progress?: SummaryProgress; version: number }> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: key, ConsistentRead: true }),
    );
    const version = typeof item?.version === 'number' ? item.version : 0;
    const { success, data } = progressSchema.safeParse(parsedJson(item?.content));
    return success ? { progress: data, version } : { version };
  }

  /** @returns false when another sweep has written it since */
  write(progress: SummaryProgress, seen: number): Promise<boolean> {
    const item = { ...key, content: JSON.stringify(progress), version: seen + 1 };
    return putVersioned(this.documents, this.tableName, item, seen);
  }
}
