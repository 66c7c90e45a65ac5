import * as z from 'zod/mini';
import { planSchema, violationSchema } from '../../contract/plan-schema';
import {
  findingIdentitySchema,
  findingStateSchema,
  remediationReportSchema,
} from '../../contract/report-schema';
import { RecordError } from './errors';

const time = z.iso.datetime();

/** Who works on a finding, and until when nobody else may. */
const leaseSchema = z.object({ holder: z.string(), until: time });

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
  /** Looks begun since the last one that ended in something other than a failure. */
  tries: z.int(),
  /** The flag that decided last; absent where it was not resolved. */
  flag: z.exactOptional(z.enum(['off', 'approval', 'on'])),
  decidedBy: z.exactOptional(z.string()),
  violations: z.array(violationSchema),
  plan: z.exactOptional(planSchema),
  omitted: z.exactOptional(z.object({ violations: z.int(), changes: z.int() })),
  reason: z.exactOptional(z.string()),
  errorCode: z.exactOptional(z.string()),
  lease: z.exactOptional(leaseSchema),
  /** An attempt may have changed the resource, and ended before it was known how far it came. */
  fixBegun: z.exactOptional(z.literal(true)),
  /** A message arrived during the work: somebody has to look again after it. */
  revisit: z.exactOptional(z.literal(true)),
  /** When a failed finding is tried again. */
  nextAttemptAt: z.exactOptional(time),
  /** Reports that still have to reach the bus, by their id. */
  pendingReports: z.record(z.string(), remediationReportSchema),
  /** What the last report said, in short, so that it is not said again. */
  lastReported: z.exactOptional(z.string()),
  /** Partition key of the index over what is due; absent when nothing is left to do. */
  sweep: z.exactOptional(z.literal('due')),
  /** Sort key of that index: when the sweep should look. */
  dueAt: z.exactOptional(time),
});

/** One occurrence of a finding. */
export type FindingRecord = z.infer<typeof findingRecordSchema>;
/** Who works on a finding, and until when nobody else may. */
export type Lease = z.infer<typeof leaseSchema>;

/** The key of any item in the table. */
export interface RecordKey {
  finding: string;
  record: string;
}

/** The prefix of every occurrence's sort key, with which the latest one is found. */
export const occurrencePrefix = 'occurrence#';

/** The sort key of an occurrence. Six digits, so that the keys sort as the numbers do. */
export function occurrenceRecordKey(occurrence: number): string {
  return `${occurrencePrefix}${String(occurrence).padStart(6, '0')}`;
}

/** The sort key of the state that was saved before an attempt: `before#000001#001`. */
export function beforeRecordKey(occurrence: number, attempt: number): string {
  return `before#${String(occurrence).padStart(6, '0')}#${String(attempt).padStart(3, '0')}`;
}

/**
 * Reads an item of the table as an occurrence.
 * @throws RecordError when the item is no occurrence that this version understands
 */
export function parseFindingRecord(item: unknown): FindingRecord {
  const parsed = findingRecordSchema.safeParse(item);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
  const { finding = '?', record = '?' } = (item ?? {}) as Partial<RecordKey>;
  throw new RecordError(
    `The ledger's item ${finding} ${record} cannot be understood at ${where}. Look at the item.`,
  );
}
