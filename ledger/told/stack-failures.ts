import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { cut } from '../../core/cut';
import { stackFailuresPartition } from '../../core/names';
import { keptList, mostBytes } from '../table/kept-text';

const key = { finding: stackFailuresPartition, record: 'state' };

/** So many of each list are kept, where an item has room for them. */
const mostKept = 1_000;
/** So much of AWS's words is kept of each. */
const longestReason = 120;

const stackSchema = z.object({
  /** Name of the stack set. */
  stackSet: z.string(),
  accountId: z.string(),
  region: z.string(),
  /** AWS's words; empty where it said nothing. */
  reason: z.string(),
  /** Set where it is inoperable: the unit, or the root, through which the stack set reached the account. */
  inoperableIn: z.optional(z.string()),
});
const itemSchema = z.object({
  at: z.iso.datetime(),
  /** JSON text: lists of stacks. */
  failed: z.string(),
  running: z.string(),
  isWhole: z.boolean(),
});

/** A stack of a member that is not as its stack set has it. */
export type MemberStack = z.infer<typeof stackSchema>;

/** What the last reconcile saw. */
export interface SeenStacks {
  /** When it looked, ISO 8601. */
  at: string;
  failed: readonly MemberStack[];
  /** Those on which an operation worked then: whether they fail was not known. */
  running: readonly MemberStack[];
  /** Whether these are all; otherwise nothing can be said of those that are not among them. */
  isWhole: boolean;
}

/** The stacks of members that failed, in the ledger's table: the reconcile writes them, and the coordinator tells of them. */
export class StackFailures {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** Takes the place of what the reconcile before saw. */
  async write(failed: readonly MemberStack[], running: readonly MemberStack[], at: Date): Promise<void> {
    const ofFailed = kept(failed);
    // What failed comes first; two lists share an item.
    const ofRunning = kept(running, mostBytes - Buffer.byteLength(ofFailed.text));
    await this.documents.send(
      new PutCommand({
        TableName: this.tableName,
        Item: {
          ...key,
          at: at.toISOString(),
          failed: ofFailed.text,
          running: ofRunning.text,
          isWhole: ofFailed.isWhole && ofRunning.isWhole,
        },
      }),
    );
  }

  /** @returns undefined where no reconcile has looked yet, or the item cannot be understood: the next one writes it anew */
  async read(): Promise<SeenStacks | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: key, ConsistentRead: true }),
    );
    const parsed = itemSchema.safeParse(item);
    if (!parsed.success) return undefined;
    const { at, isWhole } = parsed.data;
    const [failed, running] = [parsed.data.failed, parsed.data.running].map(stacksIn);
    return failed && running && { at, failed, running, isWhole };
  }
}

function kept(stacks: readonly MemberStack[], bytes = mostBytes) {
  const short = stacks.map((stack) => ({ ...stack, reason: cut(stack.reason, longestReason) }));
  return keptList(short, mostKept, bytes);
}

function stacksIn(text: string): MemberStack[] | undefined {
  try {
    const parsed = z.array(stackSchema).safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
