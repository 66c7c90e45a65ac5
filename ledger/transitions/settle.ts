import { present } from '../../core/present';
import { isOpen, type SettledState } from '../../core/states';
import { withDueTime } from '../findings/due';
import {
  baseOf,
  becoming,
  type Received,
  type RecordBase,
  type RecordIn,
  type Standing,
} from '../findings/record';
import { announced } from './announce';
import { checkHolder, checkTransition } from './checks';
import { decisionAfter, decisionToTell } from './decision-after';
import { decisionInShort, digestOf, isDecidedAnew, isNews } from './news';
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
 * answer. The report of it, where people should hear of it, and the event of its change of state go into the same write, so that
 * none can be lost without the others. A revisit that was asked for meanwhile stays.
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
  const decision = decisionToTell(taken, outcome, now);
  const settled = announced(settledRecord(taken, holder, outcome, now), names, decision);
  const isDecided = isDecidedAnew(taken, decision);
  const told = 'told' in outcome ? outcome.told : undefined;
  const digest = digestOf(outcome);
  if (!isDecided && (told === 'not' || !isNews(taken, outcome, digest))) return withDueTime(settled);
  const { lastDecision: _lastDecision, ...rest } = settled;
  const next = { ...rest, lastReported: digest, ...present({ lastDecision: decisionInShort(decision) }) };
  if (!isDecided && told === 'together') return withDueTime(next);
  const reports = (taken.reports ?? 0) + 1;
  const report = reportOf({ ...next, reports }, names, decision);
  const pending = [...Object.entries(taken.pendingReports), [report.reportId, report] as const];
  return withDueTime({
    ...next,
    reports,
    pendingReports: Object.fromEntries(pending.slice(-maximumPendingReports)),
  });
}

/** The variant of the state that the look led to, with what of the outcome belongs to it. */
function settledRecord(taken: Received, holder: string, outcome: Outcome, now: Date): RecordIn<SettledState> {
  const { writes, decidedBy, busyUntil, stack, tags } = outcome;
  const { lease: _lease, ...base } = withTags(baseOf(taken), tags);
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

/** With the tags that a look saw in place of those from before. */
function withTags(base: RecordBase, tags: Record<string, string> | undefined): RecordBase {
  if (tags === undefined) return base;
  const { tags: _before, ...rest } = base;
  return Object.keys(tags).length > 0 ? { ...rest, tags } : rest;
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
