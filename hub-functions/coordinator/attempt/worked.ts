import type { Change, Plan } from '../../../core/plan';
import { present } from '../../../core/present';
import { isOpen } from '../../../core/states';
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
  // What was begun is told also after a look that saw nothing.
  const seen = { violations, ...present({ plan: withMade(run.made, look.plan) }) };
  const findings = run.taken.fixBegun && violations.length === 0 ? run.begun : seen;
  const worked = workedOut(run, verdict, findings, stillUnconfirmed(run, look));
  if (isOpen(verdict.state) && !sawDanger(look)) return { ...worked, unseen: true };
  return { ...worked, ...seenIn(look) };
}

/** The result of an attempt that has not seen the danger: what was seen of it last stands. */
export function unseen(run: Run, verdict: Verdict, unconfirmed = unconfirmedIn(run)): Worked {
  return { ...workedOut(run, verdict, run.begun, unconfirmed), unseen: true };
}

/** The verdict on what is only looked at, within the pause after a failure: the pause stays as it was. */
export function stillPaused({ taken: { reason, errorCode } }: Run): Verdict {
  return { state: 'failed', ...present({ reason, errorCode }) };
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
export function stillUnconfirmed(run: Run, look: Answer): Unconfirmed {
  const { fix, undo } = unconfirmedIn(run);
  return { fix, undo: undo && !sawDanger(look) };
}

/** Whether a look saw the resource, and that it is dangerous. */
function sawDanger({ outcome, unreachable }: Answer): boolean {
  return outcome === 'planned' || (outcome === 'refused' && unreachable === undefined);
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
