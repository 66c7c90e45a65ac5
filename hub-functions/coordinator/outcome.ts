import { planDigest } from '../../contract/plan-digest';
import { isOpen } from '../../contract/states';
import type { Decision } from '../ledger/record';
import type { Outcome } from '../ledger/transitions';
import { backoffMilliseconds, maximumTries } from './backoff';
import { bounded, type Findings } from './bounded';
import { type Course, decide, type Ruling, type Verdict, verdictOnFix } from './decide';
import { stoppedVerdict } from './gate';
import type { Answer } from './remediation-result';
import { orphanMilliseconds } from './time-limits';

/** What is asked of a remediation function. */
export type Request =
  | { mode: 'plan'; tellLastChange?: true; tellFixStands?: true }
  /** `onlyPlan`: digest of the only plan that may be applied. */
  | { mode: 'apply'; applyLossy: boolean; onlyPlan?: string };

/** What working a finding out takes. */
export interface Work {
  ruling: Ruling;
  /** Number of this try since the last one that did not fail, from 1. */
  tries: number;
  /** Whether the policy allows a lossy plan without approval. */
  applyLossy: boolean;
  /** What somebody decided about the plan that waited. */
  decision?: Decision;
  /** What a look a moment ago saw; it is not repeated. */
  seen?: Answer;
  /** What an earlier attempt saw that may have changed the resource, and was not heard of again. */
  begun?: Findings;
  /** What the fix came to that was to be undone, where nobody has heard how that ended. */
  undoing?: Findings;
  /** What the finding comes to while it is exempt; undefined when it is not. */
  exempt: (look: Answer) => Promise<Verdict | undefined>;
  /** What the finding comes to when its fix has to wait; undefined when it may be made now. */
  hold: (approved: boolean) => Promise<Verdict | undefined>;
  /** Has the remediation function plan or fix. */
  ask: (request: Request) => Promise<Answer>;
  /** Told right before the fix; when it throws, nothing is changed. */
  beforeFix: (look: Findings) => Promise<void>;
}

/** What came of it: a verdict, and what was found. */
export interface Worked {
  verdict: Verdict;
  ruling: Ruling;
  findings: Findings;
  /** Digest of the plan of the look, where there was one. */
  seenDigest?: string;
  /** Whether an attempt may have changed the resource without reaching its end. */
  fixBegun: boolean;
  /** Whether a remediation function that changes things may still be at work. */
  unheard?: true;
}

/** Looks at the resource, decides, and has it fixed where that is allowed. */
export async function workOut(work: Work): Promise<Worked> {
  const { ruling, tries, applyLossy, decision, seen, begun, undoing, exempt, hold, ask } = work;
  if (tries > maximumTries) {
    const reason = `The work on this finding stopped half-way ${tries - 1} times. See the coordinator's log.`;
    const findings = begun ?? { violations: [] };
    return { verdict: { state: 'given-up', reason }, ruling, findings, fixBegun: begun !== undefined };
  }
  const look = seen ?? (await ask({ mode: 'plan' }));
  const exempted = await exempt(look);
  const complies = look.outcome === 'already-compliant' && ruling.flag !== undefined;
  if (undoing && complies) {
    // Whether the undo stopped before it changed anything.
    const { fixStands } = await ask({ mode: 'plan', tellFixStands: true });
    const verdict: Verdict = fixStands || !exempted ? { state: 'fixed' } : halfUndone(exempted);
    return { verdict, ruling, findings: undoing, fixBegun: false };
  }
  // What complies now, after an attempt that nobody heard the end of, was probably fixed by it: nobody can tell.
  if (begun && complies) {
    const approved = decision?.what === 'approved';
    const mayComplete =
      (ruling.flag === 'on' && decision?.what !== 'denied') || (ruling.flag === 'approval' && approved);
    const held = mayComplete && !exempted ? await hold(approved) : undefined;
    if (held) return { verdict: held, ruling, findings: begun, fixBegun: true };
    const completed = mayComplete && !exempted ? await complete(work, begun) : undefined;
    if (completed) return completed;
    const reason =
      "It complies now; an earlier attempt of Staunch's, which ended before it could say so, may have done it.";
    return { verdict: { state: 'fixed', reason }, ruling, findings: begun, fixBegun: false };
  }
  const course = decide(look, ruling, {
    applyLossy,
    ...(exempted && { exempt: exempted }),
    ...(decision && { decision }),
  });
  const held = course.do === 'apply' ? await hold(course.onlyPlan !== undefined) : undefined;
  if (course.do === 'apply' && !held) return fix(work, look, course);
  // A look that failed saw nothing; what was begun is not forgotten for it.
  const findings = begun && look.violations.length === 0 ? begun : look;
  return {
    verdict: held ?? (course as Verdict),
    ruling,
    findings,
    ...(look.plan && { seenDigest: planDigest(look.plan) }),
    fixBegun: begun !== undefined,
  };
}

/** Whether a fix, or an undo, may have changed the resource. */
export function mayHaveChanged({ applied, unheard, mayHaveWritten }: Answer): boolean {
  return applied > 0 || unheard === true || mayHaveWritten === true;
}

function halfUndone(exempted: Verdict): Verdict {
  return {
    ...exempted,
    reason: `${exempted.reason} The undo stopped half-way: order it again to complete it.`,
  };
}

async function fix(work: Work, look: Answer, course: Course & { do: 'apply' }): Promise<Worked> {
  const { ruling, begun, ask, beforeFix } = work;
  await beforeFix(look);
  const { do: _do, ...request } = course;
  const answer = await ask({ mode: 'apply', ...request });
  // A function that died in the middle says nothing of what it saw; the look before it does.
  const plan = answer.plan ?? look.plan;
  const violations = answer.violations.length > 0 ? answer.violations : look.violations;
  return {
    verdict: verdictOnFix(answer),
    ruling,
    findings: { violations, ...(plan && { plan }) },
    ...(look.plan && { seenDigest: planDigest(look.plan) }),
    fixBegun: begun !== undefined || mayHaveChanged(answer),
    ...(answer.unheard && { unheard: true }),
  };
}

/**
 * Has what an earlier attempt began made whole: what it made may be enough to comply.
 * @returns undefined when nothing was left to be made
 */
async function complete(work: Work, begun: Findings): Promise<Worked | undefined> {
  const { ruling, ask, beforeFix } = work;
  await beforeFix(begun);
  // Should it be dangerous again by now, that is to be looked at and decided first: no fresh plan is called so.
  const answer = await ask({ mode: 'apply', applyLossy: false, onlyPlan: 'none' });
  if (answer.outcome === 'already-compliant') return undefined;
  const again: Verdict = {
    state: 'failed',
    reason: 'It was dangerous again before an earlier fix was made whole.',
  };
  return {
    verdict: answer.outcome === 'planned' ? again : verdictOnFix(answer),
    ruling,
    findings: begun,
    fixBegun: true,
    ...(answer.unheard && { unheard: true }),
  };
}

/**
 * What the ledger records. A failure is due again after a pause that grows with the tries; after the last one it is
 * given up.
 */
export function settledOutcome(worked: Worked, tries: number, now: Date): Outcome {
  const { verdict, ruling, findings, fixBegun } = worked;
  const { violations, plan, reason, omitted } = bounded({
    violations: findings.violations,
    ...(findings.plan && { plan: findings.plan }),
    ...(verdict.reason !== undefined && { reason: verdict.reason }),
  });
  const { lookAgainAt } = verdict.heldBy === 'stop' ? stoppedVerdict('', now) : verdict;
  const outcome: Outcome = {
    state: verdict.state,
    decidedBy: ruling.decidedBy,
    ...(ruling.flag && { flag: ruling.flag }),
    violations,
    ...(plan && { plan }),
    ...(omitted && { omitted }),
    ...(reason !== undefined && { reason }),
    ...(verdict.errorCode && { errorCode: verdict.errorCode }),
    ...(verdict.heldBy && { heldBy: verdict.heldBy }),
    ...(lookAgainAt && { lookAgainAt }),
    ...(worked.findings.plan && { planDigest: planDigest(worked.findings.plan) }),
    ...(worked.seenDigest && { seenDigest: worked.seenDigest }),
    ...(fixBegun && isOpen(verdict.state) && { fixBegun }),
    ...(worked.unheard && { busyUntil: new Date(now.getTime() + orphanMilliseconds).toISOString() }),
  };
  if (outcome.state !== 'failed') return outcome;
  if (tries >= maximumTries) {
    return { ...outcome, state: 'given-up', reason: `Given up after ${tries} tries. ${reason ?? ''}`.trim() };
  }
  return { ...outcome, nextAttemptAt: new Date(now.getTime() + backoffMilliseconds(tries)).toISOString() };
}

/** The outcome for what can never be looked at again. */
export function givenUpOutcome(reason: string): Outcome {
  return { state: 'given-up', decidedBy: 'no flag was asked for', violations: [], reason };
}
