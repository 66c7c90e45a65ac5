import { isSettledState } from '../../core/finding-event';
import { present } from '../../core/present';
import type { SettledState, StateBefore } from '../../core/states';
import { isLeased, withDueTime } from '../findings/due';
import { baseOf, becoming, isOpenRecord, type Lease, type Received, type RecordIn } from '../findings/record';
import { decisionOf, errorCodeOf, heldByOf, nextAttemptOf } from '../findings/record-parts';
import { ConflictError } from '../table/errors';
import { checkHolder, checkTransition, nameOf } from './checks';
import { maximumTries } from './maximum-tries';
import type { OpenSaid } from './outcome';
import { saidOf } from './said';

/** What has a worker take an occurrence. */
export type TakenFor =
  /** A message, or the time: a failed one may come before its time, and then nothing may be written. */
  | 'look'
  /** The sweep looks at what was given up: it has one try. */
  | 'daily'
  /** A person's order, which waits for no pause after a failure. */
  | 'order';

/** What a worker may take: a worker that died left it as received. */
export type Takeable = RecordIn<StateBefore<'received'> | 'received'>;

/**
 * A worker takes an occurrence that is open, or whose fix is to be undone: from now on it is the only one that works on it.
 * A look that a message asks for during the pause after a failure is no try, unless its worker dies, and keeps
 * `nextAttemptAt`: however many messages come, the pauses stay, and nothing is written before they end.
 * @throws ConflictError when another worker has it
 * @throws TransitionError when the occurrence is closed, and not by a fix
 */
export function take(record: Takeable, lease: Lease, now: Date, why: TakenFor = 'look'): Received {
  if (isLeased(record, now))
    throw new ConflictError(`Somebody works on ${nameOf(record)} until its lease ends.`);
  if (record.state !== 'received') checkTransition(record, 'received');
  const { revisit: _revisit, ...base } = baseOf(record);
  const settledAs = record.settledAs ?? settledBefore(record);
  const nextAttemptAt = nextAttemptOf(record);
  const early = isEarly(record, now, why);
  return withDueTime(
    becoming('received', {
      ...base,
      ...leftBehind(record),
      ...present({ nextAttemptAt: early ? nextAttemptAt : undefined, settledAs }),
      at: now.toISOString(),
      attempt: record.attempt + 1,
      tries: triesOfLook(record, now, why),
      lease,
    }),
  );
}

/** In what state a look left it that a version before recorded. */
function settledBefore({ state, attempt, stateChanges }: Takeable): SettledState | undefined {
  return stateChanges === undefined && attempt > 0 && isSettledState(state) ? state : undefined;
}

/** What was said of it until now: it stands until the look says something else. */
function leftBehind(record: Takeable) {
  return {
    ...saidOf(record),
    ...present({
      decidedBy: record.decidedBy,
      errorCode: errorCodeOf(record),
      heldBy: heldByOf(record),
      decision: decisionOf(record),
      fixBegun: isOpenRecord(record) ? record.fixBegun : undefined,
      undoing: isOpenRecord(record) ? record.undoing : undefined,
      standing: isOpenRecord(record) ? record.standing : undefined,
    }),
  };
}

/**
 * A worker takes an occurrence to undo its fix.
 * @throws ConflictError, TransitionError as `take`
 */
export function takeToUndo(record: Takeable, lease: Lease, now: Date): Received {
  return { ...take(record, lease, now, 'order'), undoing: true };
}

/** Whether it is taken before its next try, within the pause after a failure. */
function isEarly(record: Takeable, now: Date, why: TakenFor): boolean {
  const nextAttemptAt = nextAttemptOf(record);
  return why !== 'order' && nextAttemptAt !== undefined && nextAttemptAt > now.toISOString();
}

/** The number of the try that a look at an occurrence is, which is taken now. */
export function triesOfLook(record: Takeable, now: Date, why: TakenFor = 'look'): number {
  const { state, tries } = record;
  if (why === 'order') return 1;
  // After giving up, a new message starts over.
  if (state === 'given-up') return why === 'daily' ? maximumTries : 1;
  const died = state === 'received' && record.lease !== undefined;
  return isEarly(record, now, why) && !died ? tries : tries + 1;
}

/**
 * The worker gives an occurrence back as it took it, because too little of its time is left for the fix. It is due at
 * once, and its look was no try.
 * @throws LeaseLostError when another worker has taken the occurrence
 */
export function putBack(record: Received, holder: string): Received {
  checkHolder(record, holder);
  const { lease: _lease, ...rest } = record;
  // A look within a pause was not counted in the first place.
  const tries = rest.nextAttemptAt === undefined ? rest.tries - 1 : rest.tries;
  return withDueTime({ ...rest, tries });
}

/**
 * The worker gives an occurrence back as if it had never taken it: what it was ordered to do came to nothing.
 * @param before the record as it was before it was taken
 * @throws LeaseLostError when another worker has taken the occurrence
 */
export function putBackAs<Before extends Takeable>(record: Received, holder: string, before: Before): Before {
  checkHolder(record, holder);
  const { attempt, pendingReports, pendingEvents, revisit, version } = record;
  const { pendingEvents: _sentMeanwhile, ...rest } = before;
  // An attempt's number is used once, and what others wrote meanwhile stays.
  const kept = { version, attempt, pendingReports, ...present({ pendingEvents, revisit }) };
  return withDueTime({ ...rest, ...kept } as Before);
}

/** What the look that leads to a fix saw. */
type Seen = Pick<OpenSaid, 'planDigest' | 'seenDigest' | 'exemptUntil'>;

/**
 * The worker is about to change the resource. What it saw is kept, so that a fix whose worker dies is still told as what
 * it was.
 * @throws LeaseLostError when another worker has taken the occurrence; then nothing may be changed
 */
export function beginFix(
  record: Received,
  holder: string,
  { violations, plan, writes, seen }: Pick<OpenSaid, 'violations' | 'plan' | 'writes'> & { seen?: Seen },
): Received {
  checkHolder(record, holder);
  const { exemptUntil: tagBefore, ...rest } = record;
  const exemptUntil = seen ? seen.exemptUntil : tagBefore;
  return withDueTime({
    ...rest,
    ...present({ ...seen, exemptUntil }),
    standing: 'cleared' as const,
    fixBegun: true as const,
    saved: true as const,
    violations,
    ...present({ plan, writes }),
  });
}
