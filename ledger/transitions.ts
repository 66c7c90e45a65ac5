import { createHash } from 'node:crypto';
import { type FindingIdentity, findingId, findingKey } from '../core/finding';
import type { Plan } from '../core/plan';
import type { Flag, RemediationReport } from '../core/report';
import { type FindingState, isOpen, mayFollow } from '../core/states';
import type { Severity, Violation } from '../core/violation';
import { isLeased, withDueTime } from './due';
import { ConflictError, LeaseLostError, TransitionError } from './errors';
import { type Decision, type FindingRecord, type HeldBy, type Lease, occurrenceRecordKey } from './record';

/**
 * So many reports of one finding wait for the bus at most; a newer one says what the finding has come to since. Each may
 * be some 60 kB large, and an item 400 kB:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 */
const maximumPendingReports = 3;

/** After this many tries in a row that failed, the sweep gives up and people are told. */
export const maximumTries = 10;

/** How a look at a finding ended. */
export interface Outcome {
  state: FindingState;
  /** Absent where it was not resolved. */
  flag?: Flag;
  decidedBy: string;
  violations: Violation[];
  plan?: Plan;
  omitted?: { violations: number; changes: number };
  reason?: string;
  errorCode?: string;
  /** For an open state: whether an attempt may have changed the resource already. */
  fixBegun?: true;
  /** When attempts changed the resource, or may have; as it stands where it is left out. */
  writes?: string[];
  /** ISO 8601; for `failed`, when the sweep tries again. */
  nextAttemptAt?: string;
  /** For `held`. */
  heldBy?: HeldBy;
  /** For `held`: what wakes it; see `waits-for.ts`. */
  waitsFor?: string;
  /** All that the policy says of it, in short. */
  ruled?: string;
  /** The whole plan in short. */
  planDigest?: string;
  /** The plan of the look, in short; another one where AWS allowed only a lossy plan. */
  seenDigest?: string;
  /** Value of the resource's tag `staunch:exempt-until`, where the look saw one. */
  exemptUntil?: string;
  /** ISO 8601; for a finding that rests, when the sweep looks again. */
  lookAgainAt?: string;
  /** An undo whose end is unconfirmed. */
  undoing?: true;
  /** ISO 8601; until then a remediation function that gave no answer may still be at work, and nobody else starts. */
  busyUntil?: string;
  /** For a closed state: when DynamoDB may remove it, in seconds since the epoch. */
  expiresAt?: number;
  /** For a failure of which people hear no report: they hear of it together with others, or not at all. */
  told?: 'together' | 'not';
}

/** What has a worker take an occurrence. */
export type TakenFor =
  /** A message, or the time: a failed one may come before its time, and then nothing may be written. */
  | 'look'
  /** The sweep looks at what was given up: it has one try. */
  | 'daily'
  /** A person's order, which waits for no pause after a failure. */
  | 'order';

/** What the finding's account and its unit are called, for the report. */
export type ReportedNames = Pick<RemediationReport, 'accountName' | 'unit'>;

/** A new occurrence, taken by the worker that found it. */
export function open(
  identity: FindingIdentity,
  occurrence: number,
  severity: Severity,
  lease: Lease,
  now: Date,
): FindingRecord {
  return withDueTime({ ...received(identity, occurrence, severity, now), lease });
}

/** A new occurrence that nobody looks at yet: it is recorded, and waits. */
export function openHeld(
  identity: FindingIdentity,
  occurrence: number,
  severity: Severity,
  { decidedBy, flag, ruled, heldBy, waitsFor, reason }: Outcome,
  now: Date,
): FindingRecord {
  return withDueTime({
    ...received(identity, occurrence, severity, now),
    state: 'held',
    attempt: 0,
    tries: 0,
    decidedBy,
    ...(flag && { flag }),
    ...(ruled !== undefined && { ruled }),
    ...(heldBy && { heldBy }),
    ...(waitsFor !== undefined && { waitsFor }),
    ...(reason !== undefined && { reason }),
  });
}

function received(
  identity: FindingIdentity,
  occurrence: number,
  severity: Severity,
  now: Date,
): FindingRecord {
  const at = now.toISOString();
  return {
    finding: findingKey(identity),
    record: occurrenceRecordKey(occurrence),
    version: 1,
    identity: { ...identity },
    occurrence,
    state: 'received',
    severity,
    receivedAt: at,
    at,
    attempt: 1,
    tries: 1,
    violations: [],
    pendingReports: {},
  };
}

/**
 * A worker takes an occurrence that is open, or whose fix is to be undone: from now on it is the only one that works on it.
 * A look that a message asks for during the pause after a failure is no try, unless its worker dies, and keeps
 * `nextAttemptAt`: however many messages come, the pauses stay, and nothing is written before they end.
 * @throws ConflictError when another worker has it
 * @throws TransitionError when the occurrence is closed, and not by a fix
 */
export function take(record: FindingRecord, lease: Lease, now: Date, why: TakenFor = 'look'): FindingRecord {
  if (isLeased(record, now))
    throw new ConflictError(`Somebody works on ${nameOf(record)} until its lease ends.`);
  // A worker that died left it as received.
  if (record.state !== 'received') checkTransition(record, 'received');
  const {
    nextAttemptAt,
    lookAgainAt: _lookAgainAt,
    revisit: _revisit,
    waitsFor: _waitsFor,
    expiresAt: _expiresAt,
    expiresOnceDone: _expiresOnceDone,
    ...rest
  } = record;
  const died = record.state === 'received' && record.lease !== undefined;
  const early = why !== 'order' && nextAttemptAt !== undefined && nextAttemptAt > now.toISOString();
  return withDueTime({
    ...rest,
    ...(early && { nextAttemptAt }),
    state: 'received',
    at: now.toISOString(),
    attempt: record.attempt + 1,
    tries: triesAfter(record, early && !died, why),
    lease,
  } as FindingRecord);
}

/**
 * A worker takes an occurrence to undo its fix.
 * @throws ConflictError, TransitionError as `take`
 */
export function takeToUndo(record: FindingRecord, lease: Lease, now: Date): FindingRecord {
  return { ...take(record, lease, now, 'order'), undoing: true };
}

function triesAfter({ state, tries }: FindingRecord, noTry: boolean, why: TakenFor): number {
  if (why === 'order') return 1;
  // After giving up, a new message starts over.
  if (state === 'given-up') return why === 'daily' ? maximumTries : 1;
  return noTry ? tries : tries + 1;
}

/**
 * The worker gives an occurrence back as it took it, because too little of its time is left for the fix. It is due at
 * once, and its look was no try.
 * @throws LeaseLostError when another worker has taken the occurrence
 */
export function putBack(record: FindingRecord, holder: string): FindingRecord {
  checkHolder(record, holder);
  const { lease: _lease, ...rest } = record;
  // A look within a pause was not counted in the first place.
  const tries = record.nextAttemptAt === undefined ? record.tries - 1 : record.tries;
  return withDueTime({ ...rest, tries } as FindingRecord);
}

/**
 * The worker gives an occurrence back as if it had never taken it: what it was ordered to do came to nothing.
 * @param before the record as it was before it was taken
 * @throws LeaseLostError when another worker has taken the occurrence
 */
export function putBackAs(record: FindingRecord, holder: string, before: FindingRecord): FindingRecord {
  checkHolder(record, holder);
  const { attempt, pendingReports, revisit, version } = record;
  // An attempt's number is used once, and what others wrote meanwhile stays.
  return withDueTime({ ...before, version, attempt, pendingReports, ...(revisit && { revisit }) });
}

/**
 * The worker is about to change the resource. What it saw is kept, so that a fix whose worker dies is still told as what
 * it was.
 * @throws LeaseLostError when another worker has taken the occurrence; then nothing may be changed
 */
export function beginFix(
  record: FindingRecord,
  holder: string,
  { violations, plan, writes }: Pick<Outcome, 'violations' | 'plan' | 'writes'>,
): FindingRecord {
  checkHolder(record, holder);
  return withDueTime({
    ...record,
    fixBegun: true,
    saved: true,
    violations,
    ...(plan && { plan }),
    ...(writes && { writes }),
  });
}

/** A message met a worker: the worker, or after it the sweep, has to look again. */
export function askForRevisit(record: FindingRecord): FindingRecord {
  return withDueTime({ ...record, revisit: true });
}

/** Somebody looked again at what is closed, and it is nothing new. */
export function revisited(record: FindingRecord): FindingRecord {
  const { revisit: _revisit, lookAgainAt: _lookAgainAt, ...rest } = record;
  return withDueTime({ ...rest, tries: 0 } as FindingRecord);
}

/**
 * Somebody looked again at what is closed, and saw nothing, because the look failed: it stays closed, and is looked at
 * another time. A look that a message asked for during the pause after a failed one leaves the pause as it was.
 * @param pauseAfter how many milliseconds to wait after so many failed looks
 */
export function lookFailed(
  record: FindingRecord,
  now: Date,
  pauseAfter: (tries: number) => number,
): FindingRecord {
  const { revisit: _revisit, ...rest } = record;
  if (record.lookAgainAt !== undefined && record.lookAgainAt > now.toISOString()) {
    return withDueTime(rest as FindingRecord);
  }
  const tries = record.tries + 1;
  const lookAgainAt = new Date(now.getTime() + pauseAfter(tries)).toISOString();
  return withDueTime({ ...rest, tries, lookAgainAt } as FindingRecord);
}

/** A later occurrence was opened: nothing is left to be done about this one but to send its reports. */
export function superseded(record: FindingRecord): FindingRecord {
  const {
    revisit: _revisit,
    nextAttemptAt: _nextAttemptAt,
    lookAgainAt: _lookAgainAt,
    waitsFor: _waitsFor,
    ...rest
  } = record;
  return withDueTime(rest as FindingRecord);
}

/** States in which a decision may be taken, or another one in its place. */
const undecided: ReadonlySet<FindingState> = new Set(['waiting', 'denied']);
/** States in which a fix that was approved was not made yet, so that the approval may be withdrawn. */
const approvedYet: ReadonlySet<FindingState> = new Set(['held', 'failed', 'given-up']);

/**
 * Somebody decides about the plan that is shown. The last decision before the fix counts.
 * @throws TransitionError when nothing is to be decided, or another plan is shown
 */
export function decided(record: FindingRecord, decision: Decision): FindingRecord {
  const mayDecide = undecided.has(record.state) || (approvedYet.has(record.state) && record.decision);
  if (!mayDecide || planToDecideOn(record) !== decision.plan) {
    throw new TransitionError(`${nameOf(record)} does not wait with that plan.`);
  }
  return { ...record, decision };
}

/**
 * The digest of the plan that is decided on. A look that saw nothing leaves none to show; an approval may be withdrawn all the
 * same, by the plan that it was given for.
 */
export function planToDecideOn({ state, planDigest, decision }: FindingRecord): string | undefined {
  return planDigest ?? (approvedYet.has(state) ? decision?.plan : undefined);
}

/** Whether a decision counts now. An approval ends. */
export function counts(decision: Decision | undefined, now: Date): decision is Decision {
  return decision !== undefined && (decision.until === undefined || decision.until > now.toISOString());
}

/** A finding that is held waits on, for what holds it now. */
export function restOn(
  record: FindingRecord,
  { heldBy, waitsFor, lookAgainAt, reason }: Pick<Outcome, 'heldBy' | 'waitsFor' | 'lookAgainAt' | 'reason'>,
): FindingRecord {
  const { waitsFor: _waitsFor, lookAgainAt: _lookAgainAt, ...rest } = record;
  return withDueTime({
    ...rest,
    ...(heldBy && { heldBy }),
    ...(waitsFor !== undefined && { waitsFor }),
    ...(lookAgainAt !== undefined && { lookAgainAt }),
    ...(reason !== undefined && { reason }),
  } as FindingRecord);
}

/**
 * The worker writes the result of its look, and gives the lease back, or leaves it to a remediation function that gave no
 * answer. The report of it, where people should hear of it, goes into the same write, so that neither can be lost without the other. A revisit that was asked for meanwhile stays.
 * @param names stand in the report, so that it is the same however often it is sent
 * @throws LeaseLostError when another worker has taken the occurrence
 * @throws TransitionError when the state may not follow
 */
export function settle(
  record: FindingRecord,
  holder: string,
  outcome: Outcome,
  now: Date,
  names: ReportedNames = {},
): FindingRecord {
  checkHolder(record, holder);
  checkTransition(record, outcome.state);
  const {
    lease: _lease,
    flag: _flag,
    decidedBy: _decidedBy,
    plan: _plan,
    omitted: _omitted,
    reason: _reason,
    errorCode: _errorCode,
    nextAttemptAt: pausedUntil,
    lookAgainAt: _lookAgainAt,
    fixBegun: _fixBegun,
    undoing: _undoing,
    heldBy: _heldBy,
    waitsFor: _waitsFor,
    expiresAt: _expiresAt,
    expiresOnceDone: _expiresOnceDone,
    ruled: _ruled,
    planDigest: _planDigest,
    seenDigest: _seenDigest,
    exemptUntil: _exemptUntil,
    decision,
    ...rest
  } = record;
  const { busyUntil, told, ...said } = outcome;
  const settled = {
    ...rest,
    ...said,
    // A decision is about one plan, and is over with the occurrence. That an approval has expired is told by a look that saw.
    ...(decision &&
      isAbout(decision, outcome) &&
      (counts(decision, now) || outcome.seenDigest === undefined) && { decision }),
    // A look within a pause leaves the pause as it was.
    ...(outcome.state === 'failed' && pausedUntil && { nextAttemptAt: pausedUntil }),
    ...(busyUntil && { lease: { holder: `what ${holder} started`, until: busyUntil } }),
    at: now.toISOString(),
    tries: outcome.state === 'failed' ? record.tries : 0,
  } as FindingRecord;
  const digest = digestOf(outcome);
  if (told === 'not' || !isNews(record, outcome, digest)) return withDueTime(settled);
  if (told === 'together') return withDueTime({ ...settled, lastReported: digest });
  const report = reportOf(settled, names);
  const pending = [...Object.entries(record.pendingReports), [report.reportId, report] as const];
  return withDueTime({
    ...settled,
    lastReported: digest,
    pendingReports: Object.fromEntries(pending.slice(-maximumPendingReports)),
  });
}

/**
 * Whether a decision still counts: nothing was seen, or the resource is the same, and what is shown is what was decided on or led
 * to it. An approval ends where the policy leaves the resource alone: it was given under another one.
 */
function isAbout({ what, plan, seen }: Decision, { state, planDigest, seenDigest }: Outcome): boolean {
  if (!isOpen(state)) return false;
  if (what === 'approved' && (state === 'reported' || state === 'exempt' || state === 'undone')) return false;
  return seenDigest === undefined || (seen === seenDigest && (planDigest === plan || planDigest === seen));
}

/** A report has reached the bus. */
export function reportSent(record: FindingRecord, reportId: string): FindingRecord {
  const { [reportId]: _sent, ...pendingReports } = record.pendingReports;
  return withDueTime({ ...record, pendingReports });
}

/** The report of a settled occurrence. */
function reportOf(record: FindingRecord, names: ReportedNames): RemediationReport {
  const { identity, occurrence, attempt, state, severity, violations, receivedAt, at } = record;
  const { flag, plan, omitted, reason, errorCode } = record;
  return {
    version: 1,
    reportId: `${findingId(identity, occurrence)}#${state}#${attempt}`,
    finding: identity,
    occurrence,
    attempt,
    state,
    ...(flag && { flag }),
    decidedBy: record.decidedBy ?? '',
    severity,
    violations,
    ...(plan && { plan }),
    ...(omitted && { omitted }),
    ...(reason !== undefined && { reason }),
    ...(errorCode !== undefined && { errorCode }),
    ...names,
    receivedAt,
    at,
  };
}

/**
 * Whether people should hear of it: not when it says the same as the last report, and not when there turned out to be
 * nothing wrong with a resource that they never heard of.
 */
export function isNews(
  { lastReported }: FindingRecord,
  outcome: Outcome,
  digest = digestOf(outcome),
): boolean {
  const { state, heldBy, waitsFor } = outcome;
  // Nothing was seen of it: of its account people hear, and not of each finding.
  if (heldBy === 'account' || heldBy === 'places') return false;
  // What holds it was told once, for all findings: only of the finding itself people should have heard. A minute's hold is none.
  if (heldBy !== undefined && heldBy !== 'conflict')
    return lastReported === undefined && waitsFor !== undefined;
  if (lastReported === undefined) return state !== 'already-compliant' && state !== 'gone';
  return lastReported !== digest;
}

/**
 * What a report says, in short. AWS's wording of one and the same refusal varies, so its error code stands for it; what
 * is wrong is part of it only where somebody has to act on it.
 */
function digestOf(outcome: Outcome): string {
  const { state, errorCode, reason, violations, plan } = outcome;
  // How long it is held grows with each fix; that it is, is the news.
  if (outcome.heldBy) return `held by ${outcome.heldBy}`;
  const what = isOpen(state) && state !== 'failed' ? { violations, plan } : {};
  const said = JSON.stringify({ state, why: errorCode ?? reason, ...what });
  return createHash('sha256').update(said).digest('hex').slice(0, 32);
}

function checkHolder(record: FindingRecord, holder: string): void {
  if (record.lease?.holder === holder) return;
  throw new LeaseLostError(`Another worker has taken ${nameOf(record)}.`);
}

function checkTransition(record: FindingRecord, to: FindingState): void {
  if (mayFollow(record.state, to)) return;
  throw new TransitionError(`${nameOf(record)} is ${record.state}; ${to} may not follow.`);
}

function nameOf(record: FindingRecord): string {
  return findingId(record.identity, record.occurrence);
}
