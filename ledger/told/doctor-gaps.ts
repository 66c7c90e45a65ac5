import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { cut } from '../../core/cut';
import { doctorGapsPartition } from '../../core/names';
import { keptList } from '../table/kept-text';

const key = { finding: doctorGapsPartition, record: 'state' };

/** So many are kept, where an item has room for them. */
const mostKept = 1_000;
/** So much is kept of what a check says. */
const longestText = 160;

const gapSchema = z.object({
  /** The check's name. */
  check: z.string(),
  accountId: z.optional(z.string()),
  region: z.optional(z.string()),
  /** What the check says. */
  text: z.string(),
});
const itemSchema = z.object({
  at: z.iso.datetime(),
  /** JSON text: a list of gaps. */
  gaps: z.string(),
  isWhole: z.boolean(),
});

/** Something that the daily doctor found not well, or could not read. */
export type DoctorGap = z.infer<typeof gapSchema>;

/** What the last daily doctor saw. */
export interface SeenGaps {
  /** When it looked, ISO 8601. */
  at: string;
  gaps: readonly DoctorGap[];
  /** Whether these are all; otherwise nothing can be said of those that are not among them. */
  isWhole: boolean;
}

/** What the daily doctor found, in the ledger's table: it writes that, and the coordinator tells of it. */
export class DoctorGaps {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** Takes the place of what the doctor of the day before saw. */
  async write(gaps: readonly DoctorGap[], at: Date): Promise<void> {
    const short = gaps.map((gap) => ({ ...gap, text: cut(gap.text, longestText) }));
    const { text, isWhole } = keptList(short, mostKept);
    await this.documents.send(
      new PutCommand({
        TableName: this.tableName,
        Item: { ...key, at: at.toISOString(), gaps: text, isWhole },
      }),
    );
  }

  /** @returns undefined where no doctor has looked yet, or the item cannot be understood: the next one writes it anew */
  async read(): Promise<SeenGaps | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: key, ConsistentRead: true }),
    );
    const parsed = itemSchema.safeParse(item);
    if (!parsed.success) return undefined;
    const { at, isWhole } = parsed.data;
    const gaps = gapsIn(parsed.data.gaps);
    return gaps && { at, gaps, isWhole };
  }
}

function gapsIn(text: string): DoctorGap[] | undefined {
  try {
    const parsed = z.array(gapSchema).safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
