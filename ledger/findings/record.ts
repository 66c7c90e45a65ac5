import * as z from 'zod/mini';
import { detectorSchema } from '../../core/detector';
import { stateChangeSchema } from '../../core/finding-event';
import { openerSchema } from '../../core/opener';
import { planSchema, violationSchema } from '../../core/plan-schema';
import { findingIdentitySchema, remediationReportSchema } from '../../core/report-schema';
import { type ClosedState, type FindingState, isOpen, type OpenState, states } from '../../core/states';
import { severities } from '../../core/violation';

const time = z.iso.datetime();
const settledStateSchema = z.enum(states.received.next);

/** Who works on a finding, and until when nobody else may. */
const leaseSchema = z.object({ holder: z.string(), until: time });

/**
 * Why a fix waits for its time: it is frozen, since it is backlog that nobody thawed; the stop switch, a freeze of the policy, names of
 * the policy that do not exist, a limit, or that the resource is opened again and again. Or why even the look waits: the account
 * cannot be reached, or has too many open findings.
 */
const heldBySchema = z.enum(['frozen', 'stop', 'freeze', 'names', 'limit', 'conflict', 'account', 'places']);

/**
 * What was decided of an occurrence's fix: the policy left it alone at an earlier look; it is allowed, and is
 * backlog; or it is allowed, and was never backlog or was released from it. Nothing was decided yet where it is absent.
 */
const standingSchema = z.enum(['left-alone', 'backlog', 'cleared']);

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
  /** Why; there for `denied`, and for an approval that gave one. */
  reason: z.exactOptional(z.string()),
  at: time,
  /** Until when it counts; there for `approved`. */
  until: z.exactOptional(time),
});

/** What an occurrence has in every state. Times are ISO 8601 in UTC with milliseconds, so that they sort as text. */
const base = {
  /** Partition key: `findingKey` of the identity. */
  finding: z.string(),
  /** Sort key: `occurrence#000001`. */
  record: z.string(),
  /** Grows with each write; every write is conditional on the version that was read. */
  version: z.int(),
  identity: findingIdentitySchema,
  /** From 1. */
  occurrence: z.int(),
  severity: z.enum(severities),
  /** When this occurrence was first received. */
  receivedAt: time,
  /** When the message that opened it was sent, where it was a while on the queue. */
  sentAt: z.exactOptional(time),
  /** What said first that the resource has to be looked at; absent where an earlier version opened it. */
  detector: z.exactOptional(detectorSchema),
  /** Who opened the resource, where CloudTrail has said it. */
  opened: z.exactOptional(openerSchema),
  /** Name of the CloudFormation stack that made the resource, where a look saw its tag. */
  stack: z.exactOptional(z.string()),
  /** Those of the resource's tags that people are told of, as the last look that asked for them saw them. */
  tags: z.exactOptional(z.record(z.string(), z.string())),
  /** When it reached its state. */
  at: time,
  /** Number of the latest look at the resource, from 1. */
  attempt: z.int(),
  /** Due looks begun since the last one that ended in something other than a failure, and looks that died. */
  tries: z.int(),
  violations: z.array(violationSchema),
  /** While somebody works on it; also after a look, while a remediation function whose end is unconfirmed may be at work. */
  lease: z.exactOptional(leaseSchema),
  /** States were saved for a fix of this occurrence. */
  saved: z.exactOptional(z.literal(true)),
  /** When attempts at this occurrence changed the resource, or may have; of the last day, the oldest first. */
  writes: z.exactOptional(z.array(time)),
  /** A message arrived during the work: somebody has to look again after it. */
  revisit: z.exactOptional(z.literal(true)),
  /** The latest reports that still have to reach the bus, by their id, the oldest first. */
  pendingReports: z.record(z.string(), remediationReportSchema),
  /** The state in which the last look left it; absent before its first one, and in what versions before wrote. */
  settledAs: z.exactOptional(settledStateSchema),
  /** How many changes of its state were made events; absent in what versions before wrote. */
  stateChanges: z.exactOptional(z.int()),
  /** The latest changes of its state that still have to reach the bus, the oldest first; none where it is absent. */
  pendingEvents: z.exactOptional(z.array(stateChangeSchema)),
  /** How many reports were made of it; none where it is absent. */
  reports: z.exactOptional(z.int()),
  /** What the last report said, in short, so that it is not said again. */
  lastReported: z.exactOptional(z.string()),
  /** The person's decision that people were told of last, in short. */
  lastDecision: z.exactOptional(z.string()),
  /** Partition key of the index over what is due or waits; absent when nothing is left to do. See `due.ts`. */
  sweep: z.exactOptional(z.string()),
  /** Sort key of that index: when the sweep should look; for what waits, since when. */
  dueAt: z.exactOptional(time),
};

/** What the last look said; nothing of it before the first one. */
const said = {
  /** The flag that decided; absent where it was not resolved. */
  flag: z.exactOptional(z.enum(['off', 'approval', 'on'])),
  /** All that the policy said of it then, in short. */
  ruled: z.exactOptional(z.string()),
  plan: z.exactOptional(planSchema),
  omitted: z.exactOptional(z.object({ violations: z.int(), changes: z.int() })),
  reason: z.exactOptional(z.string()),
  /** The plan as a whole, in short, so that a decision holds for what was shown. */
  planDigest: z.exactOptional(z.string()),
  /** The plan of the look that led to it: it tells whether the resource is still the same. */
  seenDigest: z.exactOptional(z.string()),
  /** Value of the resource's tag `staunch:exempt-until`, where the look that led to it saw one. */
  exemptUntil: z.exactOptional(z.string()),
};

/** What an occurrence has while it is open. */
const open = {
  /** Partition key of the index over what is open: its account's id, while it takes one of the account's places. */
  openIn: z.exactOptional(z.string()),
  /** What somebody decided about its plan. */
  decision: z.exactOptional(decisionSchema),
  standing: z.exactOptional(standingSchema),
  /** An attempt may have changed the resource, and ended before it was known how far it came. */
  fixBegun: z.exactOptional(z.literal(true)),
  /** How an undo ended is unconfirmed, and no look has seen the resource since. */
  undoing: z.exactOptional(z.literal(true)),
};

/** What an occurrence has once a look has settled it: who decided. */
const settled = { ...said, decidedBy: z.string() };

const openParts = { ...settled, ...open };

const closedParts = {
  ...settled,
  /** When a look that failed is repeated. */
  lookAgainAt: z.exactOptional(time),
  /** When DynamoDB may remove it, in seconds since the epoch. */
  expiresAt: z.exactOptional(z.number()),
  /** In its place while something is left to do: a report, or a look that somebody asked for. */
  expiresOnceDone: z.exactOptional(z.number()),
};

/** AWS's error code. */
const errorCode = z.exactOptional(z.string());
/** When the sweep looks again; absent once a later occurrence was opened. */
const lookAgainAt = z.exactOptional(time);

function recordIn<const State extends FindingState, Parts extends z.core.$ZodLooseShape>(
  state: State,
  parts: Parts,
) {
  return z.object({ ...base, ...parts, state: z.literal(state) });
}

/** One schema a state of the one table, with exactly the keys that an occurrence has in it. */
export const recordSchemas = {
  /** Also holds what the state before said, until the look that is under way says something else. */
  received: recordIn('received', {
    ...said,
    ...open,
    decidedBy: z.exactOptional(z.string()),
    errorCode,
    heldBy: z.exactOptional(heldBySchema),
    /** It was taken before its next try: it is only looked at. */
    nextAttemptAt: z.exactOptional(time),
  }),
  reported: recordIn('reported', { ...openParts, errorCode }),
  waiting: recordIn('waiting', openParts),
  denied: recordIn('denied', openParts),
  held: recordIn('held', {
    ...openParts,
    errorCode,
    heldBy: heldBySchema,
    /** What wakes it, where it is no time; see `waits-for.ts`. */
    waitsFor: z.exactOptional(z.string()),
    lookAgainAt,
  }),
  exempt: recordIn('exempt', { ...openParts, lookAgainAt }),
  undone: recordIn('undone', { ...openParts, lookAgainAt }),
  failed: recordIn('failed', {
    ...openParts,
    errorCode,
    /** When it is tried again; absent once a later occurrence was opened. */
    nextAttemptAt: z.exactOptional(time),
  }),
  'given-up': recordIn('given-up', { ...openParts, errorCode, lookAgainAt }),
  fixed: recordIn('fixed', closedParts),
  'already-compliant': recordIn('already-compliant', closedParts),
  gone: recordIn('gone', closedParts),
} satisfies { [State in FindingState]: z.ZodMiniType<{ state: State }> };

/** An occurrence in one of some states. */
export type RecordIn<State extends FindingState> = {
  [S in State]: z.infer<(typeof recordSchemas)[S]>;
}[State];
/** One occurrence of a finding. Attributes that a newer version added survive a write by this one; no type names them. */
export type FindingRecord = RecordIn<FindingState>;
/** An occurrence that a worker has taken, or has to take. */
export type Received = RecordIn<'received'>;
export type OpenRecord = RecordIn<OpenState>;
export type ClosedRecord = RecordIn<ClosedState>;
/** What an occurrence has in every state. */
export type RecordBase = z.infer<z.ZodMiniObject<typeof base>>;

/** What was decided of an open occurrence's fix. */
export type Standing = z.infer<typeof standingSchema>;
/** What a finding that is held waits for. */
export type HeldBy = z.infer<typeof heldBySchema>;
/** A person's decision about one plan. */
export type Decision = z.infer<typeof decisionSchema>;
/** Who works on a finding, and until when nobody else may. */
export type Lease = z.infer<typeof leaseSchema>;

/** Whether an occurrence is open. */
export function isOpenRecord(record: FindingRecord): record is OpenRecord {
  return isOpen(record.state);
}

/** The keys that some states have, and others may not. */
const statesKeys: ReadonlySet<string> = new Set(
  Object.values(recordSchemas).flatMap(({ shape }) => Object.keys(shape).filter((key) => !(key in base))),
);

/** The keys that a record may not have in a state, though it may in another one. */
export function foreignKeys(state: FindingState): string[] {
  const { shape } = recordSchemas[state];
  return [...statesKeys].filter((key) => !(key in shape));
}

/** What an occurrence keeps when it goes to another state, whatever state that is: also what a newer version added. */
export function baseOf(record: FindingRecord): RecordBase {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !statesKeys.has(key))) as RecordBase;
}

/** Every key that a value may have, also where it is one of several types. */
type KeyOf<Parts> = Parts extends unknown ? keyof Parts : never;

/**
 * The record of a state, of all that it holds. A key that the state requires and that is absent is an error of types, and so is
 * one that it does not have.
 */
export function becoming<State extends FindingState, Parts extends Omit<RecordIn<State>, 'state'>>(
  state: State,
  parts: Parts & { [Key in Exclude<KeyOf<Parts>, keyof RecordIn<State>>]?: never },
): RecordIn<State> {
  return { ...parts, state } as unknown as RecordIn<State>;
}
