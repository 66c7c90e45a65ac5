import { present } from '../../core/present';
import type { ReportedDecision } from '../../core/report';
import { isOpen } from '../../core/states';
import type { Decision, Received } from '../findings/record';
import { counts, isDecidedOn, type PlanInShort } from './decide';
import type { Outcome } from './outcome';

/** A decision is about one plan, and is over with the occurrence. That an approval has expired is told by a look that saw. */
export function decisionAfter(
  decision: Decision | undefined,
  outcome: Outcome,
  now: Date,
): Decision | undefined {
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

/**
 * The person's decision that counts after a look, or that led to what the look came to.
 * @param taken the occurrence as it was before the look
 */
export function decisionToTell(taken: Received, outcome: Outcome, now: Date): ReportedDecision | undefined {
  switch (outcome.state) {
    case 'gone':
      return undefined;
    case 'exempt':
    case 'undone':
      return outcome.ordered;
    case 'fixed':
    case 'already-compliant':
      return ledToFix(taken, outcome) ? shortOf(taken.decision) : undefined;
    default: {
      const decision = decisionAfter(taken.decision, outcome, now);
      return counts(decision, now) ? shortOf(decision) : undefined;
    }
  }
}

/** Whether the fix that was made, or may have been, is the one that was approved. */
function ledToFix({ decision, planDigest, seenDigest }: Received, outcome: Outcome): boolean {
  if (decision?.what !== 'approved') return false;
  const made = [planDigest, seenDigest, outcome.planDigest, outcome.seenDigest].filter(
    (digest) => digest !== undefined,
  );
  return made.some((digest) => digest === decision.plan || digest === decision.seen);
}

function shortOf(decision: Decision | undefined): ReportedDecision | undefined {
  if (decision === undefined) return undefined;
  const { what, by, at, reason, until } = decision;
  return { what, by, at, ...present({ reason, until }) };
}
