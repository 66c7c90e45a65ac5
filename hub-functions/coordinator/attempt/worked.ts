import type { Change, Plan } from '../../../core/plan';
import { present } from '../../../core/present';
import type { Verdict } from '../../../decision/verdict';
import type { Answer } from '../member/remediation-result';
import type { Findings } from '../recording/bounded';
import type { Worked } from '../recording/outcome';
import type { Run } from './run';

/** The result of an attempt that did not come further than its look, or whose fix has to wait. */
export function workedFromLook(
  run: Run,
  look: Answer,
  verdict: Verdict,
  violations = look.violations,
): Worked {
  // A look that failed saw nothing; what was begun is not forgotten for it.
  const seen = { violations, ...present({ plan: withMade(run.made, look.plan) }) };
  const findings = run.taken.fixBegun && violations.length === 0 ? run.begun : seen;
  return { ...workedOut(run, verdict, findings, stillUnconfirmed(run, look)), ...seenIn(look) };
}

/** The result of a look within the pause after a failure: the pause stays as it was. */
export function stillPaused(run: Run, findings: Findings, unconfirmed = unconfirmedIn(run)): Worked {
  const { reason, errorCode } = run.taken;
  return workedOut(run, { state: 'failed', ...present({ reason, errorCode }) }, findings, unconfirmed);
}

/** What of an occurrence is unconfirmed: a fix, or an undo, that may have changed the resource without reaching its end. */
export interface Unconfirmed {
  fix: boolean;
  undo: boolean;
}

/** Nothing is unconfirmed any more. */
export const confirmed: Unconfirmed = { fix: false, undo: false };

/** What was unconfirmed of an occurrence when it was taken. */
function unconfirmedIn({ taken: { fixBegun, undoing } }: Run): Unconfirmed {
  return { fix: fixBegun === true, undo: undoing === true };
}

/** What is unconfirmed after a look: one that saw the resource dangerous has seen how an undo ended. */
export function stillUnconfirmed(run: Run, { outcome, unreachable }: Answer): Unconfirmed {
  const seen = outcome === 'planned' || (outcome === 'refused' && unreachable === undefined);
  const { fix, undo } = unconfirmedIn(run);
  return { fix, undo: undo && !seen };
}

/** The result of an attempt. */
export function workedOut(
  run: Run,
  verdict: Verdict,
  findings: Findings,
  { fix, undo } = unconfirmedIn(run),
): Worked {
  const { ruling, wrote, writes } = run;
  return {
    verdict,
    ruling,
    findings,
    fixBegun: fix || wrote,
    writes,
    ...present({ undoing: undo ? (true as const) : undefined }),
  };
}

/** What the look saw of the plan, and of the tag that may exempt. */
export function seenIn({ plan, exemptUntil }: Answer): Pick<Worked, 'exemptUntil' | 'seen'> {
  return present({ exemptUntil, seen: plan });
}

/** A plan as people see it: with what earlier rounds of the attempt have made. */
export function withMade(made: readonly Change[], plan?: Plan): Plan | undefined {
  if (made.length === 0) return plan;
  const { changes = [], lossy = false, losses = [] } = plan ?? {};
  return { changes: [...made, ...changes], lossy, losses };
}
