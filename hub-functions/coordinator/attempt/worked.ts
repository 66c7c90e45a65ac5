import type { Change, Plan } from '../../../core/plan';
import { planDigest } from '../../../core/plan-digest';
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
  return { ...workedOut(run, verdict, findings), ...seenIn(look) };
}

/** The result of a look within the pause after a failure: the pause stays as it was. */
export function stillPaused(run: Run, findings: Findings): Worked {
  const { reason, errorCode } = run.taken;
  return workedOut(run, { state: 'failed', ...present({ reason, errorCode }) }, findings);
}

/** @param fixBegun whether an earlier attempt may have changed the resource without reaching its end */
export function workedOut(
  run: Run,
  verdict: Verdict,
  findings: Findings,
  fixBegun = run.taken.fixBegun === true,
): Worked {
  const { ruling, wrote, writes } = run;
  return { verdict, ruling, findings, fixBegun: fixBegun || wrote, writes };
}

/** What the look saw of the plan, and of the tag that may exempt. */
export function seenIn({ plan, exemptUntil }: Answer): Pick<Worked, 'exemptUntil' | 'seenDigest'> {
  return present({ exemptUntil, seenDigest: plan && planDigest(plan) });
}

/** A plan as people see it: with what earlier rounds of the attempt have made. */
export function withMade(made: readonly Change[], plan?: Plan): Plan | undefined {
  if (made.length === 0) return plan;
  const { changes = [], lossy = false, losses = [] } = plan ?? {};
  return { changes: [...made, ...changes], lossy, losses };
}
