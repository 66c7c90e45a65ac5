import * as z from 'zod/mini';
import { planSchema, violationSchema } from '../core/plan-schema';
import { findingIdentitySchema, findingStateSchema, remediationReportSchema } from '../core/report-schema';
import { RecordError } from './errors';

const time = z.iso.datetime();

/** Who works on a finding, and until when nobody else may. */
const leaseSchema = z.object({ holder: z.string(), until: time });

/**
 * Why a fix waits for its time: the stop switch, a freeze of the policy, names of the policy that do not exist, a limit, or
 * that the resource is opened again and again. Or why even the look waits: the account cannot be reached, or has too many open
 * findings.
 */
const heldBySchema = z.enum(['stop', 'freeze', 'names', 'limit', 'conflict', 'account', 'places']);

/** A person's decision about one plan: the last one before the fix counts. */
const decisionSchema = z.object({
  what: z.enum(['approved', 'denied']),
  /** `planDigest` of the plan that was decided on. */
  plan: z.string(),
  /** `seenDigest` then. */
  seen: z.string(),
  /** Whether the plan that was decided on also takes something harmless. */
  lossy: z.boolean(),
  by: z.string(),
  /** Why; there for `denied`. */
  reason: z.exactOptional(z.string()),
  at: time,
  /** Until when it counts; there for `approved`. */
  until: z.exactOptional(time),
});

/**
 * One occurrence of a finding, as the table keeps it. Attributes that a newer version added survive a write by this
 * one. Times are ISO 8601 in UTC with milliseconds, so that they sort as text.
 */
const findingRecordSchema = z.looseObject({
  /** Partition key: `findingKey` of the identity. */
  finding: z.string(),
  /** Sort key: `occurrence#000001`. */
  record: z.string(),
  /** Grows with each write; every write is conditional on the version that was read. */
  version: z.int(),
  identity: findingIdentitySchema,
  /** From 1. */
  occurrence: z.int(),
  state: findingStateSchema,
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  /** When this occurrence was first received. */
  receivedAt: time,
  /** When it reached its state. */
  at: time,
  /** Number of the latest look at the resource, from 1. */
  attempt: z.int(),
  /** Due looks begun since the last one that ended in something other than a failure, and looks that died. */
  tries: z.int(),
  /** The flag that decided last; absent where it was not resolved. */
  flag: z.exactOptional(z.enum(['off', 'approval', 'on'])),
  decidedBy: z.exactOptional(z.string()),
  /** All that the policy said of it then, in short. */
  ruled: z.exactOptional(z.string()),
  violations: z.array(violationSchema),
  plan: z.exactOptional(planSchema),
  omitted: z.exactOptional(z.object({ violations: z.int(), changes: z.int() })),
  reason: z.exactOptional(z.string()),
  errorCode: z.exactOptional(z.string()),
  /** Also after a look, while a remediation function whose end is unconfirmed may still be at work. */
  lease: z.exactOptional(leaseSchema),
  /** An attempt may have changed the resource, and ended before it was known how far it came. */
  fixBegun: z.exactOptional(z.literal(true)),
  /** States were saved for a fix of this occurrence. */
  saved: z.exactOptional(z.literal(true)),
  /** When attempts at this occurrence changed the resource, or may have; of the last day, the oldest first. */
  writes: z.exactOptional(z.array(time)),
  /** It was taken to undo a fix, and how that ended is unconfirmed. */
  undoing: z.exactOptional(z.literal(true)),
  /** A message arrived during the work: somebody has to look again after it. */
  revisit: z.exactOptional(z.literal(true)),
  /** When a failed finding is tried again. */
  nextAttemptAt: z.exactOptional(time),
  /** When a finding that rests is looked at again; for a closed one, when a look that failed is repeated. */
  lookAgainAt: z.exactOptional(time),
  /** What a finding that is held waits for. */
  heldBy: z.exactOptional(heldBySchema),
  /** What wakes a finding that is held, where it is no time; see `waits-for.ts`. */
  waitsFor: z.exactOptional(z.string()),
  /** The plan as a whole, in short, so that a decision holds for what was shown. */
  planDigest: z.exactOptional(z.string()),
  /** The plan of the look that led to it: it tells whether the resource is still the same. */
  seenDigest: z.exactOptional(z.string()),
  /** Value of the resource's tag `staunch:exempt-until`, where the look that led to it saw one. */
  exemptUntil: z.exactOptional(z.string()),
  /** What somebody decided about that plan. */
  decision: z.exactOptional(decisionSchema),
  /** The latest reports that still have to reach the bus, by their id, the oldest first. */
  pendingReports: z.record(z.string(), remediationReportSchema),
  /** What the last report said, in short, so that it is not said again. */
  lastReported: z.exactOptional(z.string()),
  /** Partition key of the index over what is due or waits; absent when nothing is left to do. See `due.ts`. */
  sweep: z.exactOptional(z.string()),
  /** Sort key of that index: when the sweep should look; for what waits, since when. */
  dueAt: z.exactOptional(time),
  /** Partition key of the index over what is open: its account's id, while it takes one of the account's places. */
  openIn: z.exactOptional(z.string()),
  /** When DynamoDB may remove it, in seconds since the epoch; there for closed findings. */
  expiresAt: z.exactOptional(z.number()),
  /** In its place while something is left to do: a report, or a look that somebody asked for. */
  expiresOnceDone: z.exactOptional(z.number()),
});

/** One occurrence of a finding. */
export type FindingRecord = z.infer<typeof findingRecordSchema>;
/** What a finding that is held waits for. */
export type HeldBy = z.infer<typeof heldBySchema>;
/** A person's decision about one plan. */
export type Decision = z.infer<typeof decisionSchema>;
/** Who works on a finding, and until when nobody else may. */
export type Lease = z.infer<typeof leaseSchema>;

/** The key of any item in the table. */
export interface RecordKey {
  finding: string;
  record: string;
}

/** The prefix of every occurrence's sort key, with which the latest one is found. */
export const occurrencePrefix = 'occurrence#';

/** A number as six digits, so that keys sort as the numbers do. */
export function sortable(number: number): string {
  return String(number).padStart(6, '0');
}

/** The sort key of an occurrence: `occurrence#000001`. */
export function occurrenceRecordKey(occurrence: number): string {
  return `${occurrencePrefix}${sortable(occurrence)}`;
}

const approvalTimerPrefix = 'approval#';

/** The sort key of the timer that ends an occurrence's approval: `approval#000001`. */
export function approvalTimerKey(occurrence: number): string {
  return `${approvalTimerPrefix}${sortable(occurrence)}`;
}

/** The occurrence whose approval a timer ends; undefined when the key is not one of a timer. */
export function occurrenceOfTimer({ finding, record }: RecordKey): RecordKey | undefined {
  if (!record.startsWith(approvalTimerPrefix)) return undefined;
  return { finding, record: occurrenceRecordKey(Number(record.slice(approvalTimerPrefix.length))) };
}

/**
 * Attributes that hold what strangers wrote, such as a bucket's policy statements. An item keeps them as JSON text: a
 * number beyond DynamoDB's range, or beyond what lib-dynamodb takes, could otherwise make a record unwritable for ever.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes
 */
const textAttributes = ['violations', 'plan', 'pendingReports'] as const;

/** The item that the table keeps of an occurrence; `parseFindingRecord` reads it back. */
export function itemOf(record: FindingRecord): Record<string, unknown> {
  const item: Record<string, unknown> = { ...record };
  for (const name of textAttributes) {
    if (record[name] !== undefined) item[name] = JSON.stringify(record[name]);
  }
  return item;
}

/**
 * Reads an item of the table as an occurrence.
 * @throws RecordError when the item is no occurrence that this version understands
 */
export function parseFindingRecord(item: Record<string, unknown>): FindingRecord {
  const read = { ...item };
  for (const name of textAttributes) {
    if (item[name] !== undefined) read[name] = parseText(item, name);
  }
  const parsed = findingRecordSchema.safeParse(read);
  if (parsed.success) return parsed.data;
  throw notUnderstood(
    item,
    parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', '),
  );
}

function parseText(item: Record<string, unknown>, name: string): unknown {
  const text = item[name];
  if (typeof text !== 'string') throw notUnderstood(item, name);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notUnderstood(item, name, error);
  }
}

function notUnderstood(item: Record<string, unknown>, where: string, cause?: unknown): RecordError {
  const { finding = '?', record = '?' } = item;
  return new RecordError(
    `The ledger's item ${finding} ${record} cannot be understood at ${where}. Look at the item.`,
    { cause },
  );
}
