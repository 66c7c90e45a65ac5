import { stateDigest } from '../../../core/state-digest';
import { approvedAt } from '../../../decision/approval';
import { askWith } from '../../../decision/cascade';
import { exemptionQuestions } from '../../../decision/exemption-questions';
import type { Facts } from '../../../decision/facts';
import { verdictOf } from '../../../decision/question';
import type { Verdict } from '../../../decision/verdict';
import type { Answer } from '../member/remediation-result';
import type { Worked } from '../recording/outcome';
import { apply } from './apply';
import type { Ended } from './ended';
import { pass } from './pass';
import type { Run } from './run';
import { verdictAfterFix } from './verdict-on-fix';
import { confirmed, stillPaused, unseen, workedOut } from './worked';

const completedReason =
  'It complies now; an earlier attempt of Staunch, the end of which is unconfirmed, may have done it.';

/** Ends an attempt at what complies after a fix, or an undo, whose end is unconfirmed. */
export async function endUnconfirmed(run: Run, look: Answer): Promise<Ended> {
  const { course } = await askWith(exemptionQuestions, run.facts(look), run.exemptionSources());
  const exempt = verdictOf(course);
  const undone = run.taken.undoing && (await afterUndo(run, look, exempt));
  return undone ? { next: 'record', worked: undone } : afterFix(run, look, exempt);
}

/**
 * It complies after an undo whose end is unconfirmed: did the undo stop before it changed anything?
 * @returns undefined when it may have, and nothing exempts the resource: then its fix may be completed
 */
async function afterUndo(run: Run, look: Answer, exempt: Verdict | undefined): Promise<Worked | undefined> {
  const { after } = await run.saving.load();
  const stands =
    after !== undefined && look.state !== undefined && stateDigest(after) === stateDigest(look.state);
  if (stands) return workedOut(run, { state: 'fixed' }, run.begun, confirmed);
  if (!exempt) return undefined;
  const reason = `${exempt.reason} The undo stopped half-way: order it again to complete it.`;
  return unseen(run, { ...exempt, reason }, confirmed);
}

/**
 * It complies after an attempt whose end is unconfirmed. What that attempt made may be enough to comply, while a part of
 * the danger is only hidden: it is called fixed once nothing is left of its steps.
 */
async function afterFix(run: Run, look: Answer, exempt: Verdict | undefined): Promise<Ended> {
  const { unfinished } = await run.saving.load();
  if (!unfinished) return fixedByThen(run, look);
  const facts = run.facts(look);
  if (exempt || !mayComplete(run, facts)) {
    const reason =
      'It complies now. An earlier attempt of Staunch stopped half-way, and may not be completed as the policy is now.';
    return {
      next: 'record',
      worked: workedOut(run, { state: 'already-compliant', reason }, run.begun, confirmed),
    };
  }
  if (run.early) return { next: 'record', worked: unseen(run, stillPaused(run)) };
  const fix = run.intendedFix(1, facts);
  const passed = await pass(run, fix);
  if (passed.next === 'wait') return { next: 'record', worked: unseen(run, passed.verdict) };
  if (passed.next !== 'fix') return passed;
  const answer = await apply(run, { fix, applyLossy: false, shown: run.begun });
  if (answer.outcome === 'already-compliant' || answer.outcome === 'fixed') return fixedByThen(run, answer);
  const reason = 'It was dangerous again before an earlier fix was completed.';
  const verdict: Verdict =
    answer.outcome === 'changed' && answer.look
      ? { state: 'failed', reason }
      : await verdictAfterFix(run, answer);
  const worked = unseen(run, verdict, { fix: true, undo: false });
  return { next: 'record', worked: { ...worked, ...(answer.unconfirmed && { unconfirmed: true }) } };
}

function fixedByThen(run: Run, { state }: Answer): Ended {
  run.saving.verified(state);
  const verdict: Verdict = { state: 'fixed', reason: completedReason };
  return { next: 'record', worked: workedOut(run, verdict, run.begun, confirmed) };
}

function mayComplete({ ruling, taken }: Run, facts: Facts): boolean {
  if (ruling.flag === 'on') return taken.decision?.what !== 'denied';
  return ruling.flag === 'approval' && approvedAt(facts) !== undefined;
}
