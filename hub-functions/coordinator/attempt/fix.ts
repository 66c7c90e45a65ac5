import type { Change } from '../../../core/plan';
import { present } from '../../../core/present';
import type { Violation } from '../../../core/violation';
import { fixCourse } from '../../../decision/cascade';
import type { Facts } from '../../../decision/facts';
import type { IntendedFix } from '../deciding/gate';
import type { Answer } from '../member/remediation-result';
import { fixMilliseconds } from '../time-limits';
import { apply } from './apply';
import { decide } from './decide';
import type { Ended } from './ended';
import { pass } from './pass';
import type { Run } from './run';
import { verdictAfterFix } from './verdict-on-fix';
import { seenIn, stillUnconfirmed, withMade, workedFromLook, workedOut } from './worked';

/** How often one attempt makes a plan. Others may be changing the resource at the same time. */
const maximumRounds = 3;

/**
 * Makes the plan of a look, and, where the resource turns out to be another by then, the next one, a bounded number of times.
 * @param facts what led to it
 */
export async function fix(run: Run, first: Answer, firstFacts: Facts): Promise<Ended> {
  const { violations } = first;
  let look = first;
  let facts = firstFacts;
  for (let round = 1; ; round += 1) {
    if (round > 1 && run.remaining() < fixMilliseconds) {
      const reason = 'Too little time was left for another plan.';
      return { next: 'record', worked: workedFromLook(run, look, { state: 'failed', reason }, violations) };
    }
    const intended = run.intendedFix(round, facts);
    const passed = await pass(run, intended);
    if (passed.next === 'wait') {
      return { next: 'record', worked: workedFromLook(run, look, passed.verdict, violations) };
    }
    if (passed.next !== 'fix') return passed;
    const madeBefore = [...run.made];
    const answer = await applyLook(run, intended, look);
    if (answer.outcome === 'fixed') run.saving.verified(answer.state);
    const next = round < maximumRounds ? nextLook(answer) : undefined;
    if (!next) return ended(run, answer, look, violations, madeBefore);
    look = next;
    const again = await decide(run, look);
    if (again.verdict) {
      return { next: 'record', worked: workedFromLook(run, look, again.verdict, violations) };
    }
    facts = again.facts;
  }
}

function applyLook(run: Run, intended: IntendedFix, look: Answer): Promise<Answer> {
  const { plan, state, violations, exemptUntil } = look;
  if (!plan || state === undefined) throw new Error('A look without a plan or a state cannot be applied.');
  const { applyLossy } = fixCourse(intended.facts);
  const seen = { plan, state, violations };
  return apply(run, { fix: intended, look: seen, applyLossy, shown: look, ...present({ exemptUntil }) });
}

/** @param madeBefore what this attempt had made before its last application */
async function ended(
  run: Run,
  answer: Answer,
  look: Answer,
  violations: Violation[],
  madeBefore: readonly Change[],
): Promise<Ended> {
  const plan = withMade(madeBefore, answer.plan ?? look.plan);
  const verdict = await verdictAfterFix(run, { ...answer, applied: run.made.length, ...present({ plan }) });
  const worked = {
    ...workedOut(run, verdict, { violations, ...present({ plan }) }, stillUnconfirmed(run, look)),
    ...seenIn(look),
    ...present({ unconfirmed: answer.unconfirmed }),
  };
  return { next: 'record', worked };
}

/** How the resource was seen last, as a look of its own, where another round may fix it. */
function nextLook({ outcome, look, exemptUntil, unconfirmed, mayHaveWritten }: Answer): Answer | undefined {
  if (!look || unconfirmed || mayHaveWritten || (outcome !== 'changed' && outcome !== 'failed'))
    return undefined;
  return { version: 2, outcome: 'planned', applied: 0, ...look, ...present({ exemptUntil }) };
}
