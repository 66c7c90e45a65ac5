import { present } from '../../core/present';
import { isOpen, type SettledState } from '../../core/states';
import { withDueTime } from '../due';
import { baseOf, becoming, type Decision, type Received, type RecordIn, type Standing } from '../record';
import { checkHolder, checkTransition } from './checks';
import { counts, isDecidedOn, type PlanInShort } from './decide';
import { digestOf, isNews } from './news';
import type { OpenSaid, Outcome } from './outcome';
import { type ReportedNames, reportOf } from './report';
import { saidOf } from './said';

/**
 * So many reports of one finding wait for the bus at most; a newer one says what the finding has come to since. Each may
 * be some 60 kB large, and an item 400 kB:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 */
const maximumPendingReports = 3;

/**
 * The worker writes the result of its look, and gives the lease back, or leaves it to a remediation function that gave no
 * answer. The report of it, where people should hear of it, goes into the same write, so that neither can be lost without
 * the other. A revisit that was asked for meanwhile stays.
 * @param names stand in the report, so that it is the same however often it is sent
 * @throws LeaseLostError when another worker has taken the occurrence
 * @throws TransitionError when the state may not follow
 */
export function settle(
  taken: Received,
  holder: string,
  outcome: Outcome,
  now: Date,
  names: ReportedNames = {},
): RecordIn<SettledState> {
  checkHolder(taken, holder);
  checkTransition(taken, outcome.state);
  const settled = settledRecord(taken, holder, outcome, now);
  const told = 'told' in outcome ? outcome.told : undefined;
  const digest = digestOf(outcome);
  if (told === 'not' || !isNews(taken, outcome, digest)) return withDueTime(settled);
  if (told === 'together') return withDueTime({ ...settled, lastReported: digest });
  const report = reportOf(settled, names);
  const pending = [...Object.entries(taken.pendingReports), [report.reportId, report] as const];
  return withDueTime({
    ...settled,
    lastReported: digest,
    pendingReports: Object.fromEntries(pending.slice(-maximumPendingReports)),
  });
}

/** The variant of the state that the look led to, with what of the outcome belongs to it. */
function settledRecord(taken: Received, holder: string, outcome: Outcome, now: Date): RecordIn<SettledState> {
  const { writes, decidedBy, busyUntil, stack } = outcome;
  const { lease: _lease, ...base } = baseOf(taken);
  const closed = {
    ...base,
    ...saidOf(outcome),
    ...(outcome.unseen && seenLast(taken)),
    decidedBy,
    violations: outcome.unseen ? taken.violations : outcome.violations,
    ...present({ writes, stack }),
    ...(busyUntil !== undefined && { lease: { holder: `what ${holder} started`, until: busyUntil } }),
    at: now.toISOString(),
    tries: 0,
  };
  if (!isOpenOutcome(outcome)) {
    return becoming(outcome.state, { ...closed, ...present({ expiresAt: outcome.expiresAt }) });
  }
  const open = {
    ...closed,
    ...present({
      decision: decisionAfter(taken.decision, outcome, now),
      fixBegun: outcome.fixBegun,
      undoing: outcome.undoing,
      standing: standingAfter(taken, outcome),
    }),
  };
  switch (outcome.state) {
    case 'waiting':
    case 'denied':
      return becoming(outcome.state, open);
    case 'reported': {
      const { errorCode } = outcome;
      return becoming('reported', { ...open, ...present({ errorCode }) });
    }
    case 'held': {
      const { heldBy, waitsFor, lookAgainAt, errorCode } = outcome;
      return becoming('held', { ...open, heldBy, ...present({ waitsFor, lookAgainAt, errorCode }) });
    }
    case 'exempt':
    case 'undone':
      return becoming(outcome.state, { ...open, lookAgainAt: outcome.lookAgainAt });
    case 'failed': {
      const { errorCode } = outcome;
      // A look within a pause leaves the pause as it was.
      const nextAttemptAt = taken.nextAttemptAt ?? outcome.nextAttemptAt;
      return becoming('failed', { ...open, nextAttemptAt, ...present({ errorCode }), tries: taken.tries });
    }
    case 'given-up': {
      const { lookAgainAt, errorCode } = outcome;
      return becoming('given-up', { ...open, lookAgainAt, ...present({ errorCode }) });
    }
  }
}

/**
 * What the policy leaves alone has to be asked anew before its fix, and what only a person or a tag leaves alone does not become backlog
 * by that.
 */
function standingAfter(
  { standing }: Received,
  outcome: OpenSaid & Pick<Outcome, 'state'>,
): Standing | undefined {
  switch (outcome.state) {
    case 'reported':
    case 'waiting':
      return 'left-alone';
    case 'denied':
    case 'exempt':
    case 'undone':
      return outcome.standing ?? standing ?? 'cleared';
    default:
      return outcome.standing ?? standing;
  }
}

/** What was seen of the resource before a look that saw nothing. */
function seenLast({ plan, omitted, planDigest, seenDigest, exemptUntil }: Received) {
  return present({ plan, omitted, planDigest, seenDigest, exemptUntil });
}

function isOpenOutcome(outcome: Outcome): outcome is Extract<Outcome, { fixBegun?: true }> {
  return isOpen(outcome.state);
}

/** A decision is about one plan, and is over with the occurrence. That an approval has expired is told by a look that saw. */
function decisionAfter(decision: Decision | undefined, outcome: Outcome, now: Date): Decision | undefined {
  if (!decision || !isAbout(decision, outcome)) return undefined;
  if (outcome.seenDigest === undefined) return decision;
  return counts(decision, now) ? asTold(decision, outcome) : undefined;
}

/**
 * Whether a decision still counts: nothing was seen, or the resource is the same, and what is shown is what was decided on or led
 * to it. An approval ends where the policy leaves the resource alone: it was given under another one.
 */
function isAbout({ what, plan, seen }: Decision, outcome: Outcome): boolean {
  const { state, seenDigest } = outcome;
  if (!isOpen(state)) return false;
  if (what === 'approved' && (state === 'reported' || state === 'exempt' || state === 'undone')) return false;
  if (seenDigest === undefined) return true;
  const { looked, shown } = plansOf(outcome);
  return (
    isDecidedOn(what, seen, looked) && (isDecidedOn(what, plan, shown) || isDecidedOn(what, seen, shown))
  );
}

/** A decision about the same plan as it is told now, so that it also holds for whoever compares with that alone. */
function asTold(decision: Decision, outcome: Outcome): Decision {
  const { looked, shown } = plansOf(outcome);
  const told = (of: string, { digest, earlier }: PlanInShort) => (of === earlier && digest ? digest : of);
  return { ...decision, seen: told(decision.seen, looked), plan: told(decision.plan, shown) };
}

function plansOf({ planDigest, seenDigest, earlierDigests }: Outcome) {
  return {
    shown: { digest: planDigest, earlier: earlierDigests?.plan },
    looked: { digest: seenDigest, earlier: earlierDigests?.seen },
  };
}
