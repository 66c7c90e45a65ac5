import { isOpen } from '../../contract/states';
import type { Exemption } from '../ledger/exemptions';
import type { Outcome } from '../ledger/transitions';
import { backoffMilliseconds, maximumTries } from './backoff';
import { bounded, type Findings } from './bounded';
import { decide, type Ruling, type Verdict, verdictOnFix } from './decide';
import type { Answer } from './remediation-result';
import { orphanMilliseconds } from './time-limits';

/** What working a finding out takes. */
export interface Work {
  ruling: Ruling;
  /** Number of this try since the last one that did not fail, from 1. */
  tries: number;
  applyLossy: boolean;
  /** Keeps the resource from being fixed, while it holds. */
  exemption?: Exemption;
  /** What a look a moment ago saw; it is not repeated. */
  seen?: Answer;
  /** What an earlier attempt saw that may have changed the resource, and was not heard of again. */
  begun?: Findings;
  /** What the fix came to that was to be undone, where nobody has heard how that ended. */
  undoing?: Findings;
  /** Has the remediation function plan or fix. */
  ask: (mode: 'plan' | 'apply', applyLossy: boolean) => Promise<Answer>;
  /** Told right before the fix; when it throws, nothing is changed. */
  beforeFix: (look: Findings) => Promise<void>;
}

/** What came of it: a verdict, and what was found. */
export interface Worked {
  verdict: Verdict;
  ruling: Ruling;
  findings: Findings;
  /** Whether an attempt may have changed the resource without reaching its end. */
  fixBegun: boolean;
  /** Whether a remediation function that changes things may still be at work. */
  unheard?: true;
}

/** Looks at the resource, decides, and has it fixed where that is allowed. */
export async function workOut(work: Work): Promise<Worked> {
  const { ruling, tries, applyLossy, exemption, seen, begun, undoing, ask, beforeFix } = work;
  if (tries > maximumTries) {
    const reason = `The work on this finding stopped half-way ${tries - 1} times. See the coordinator's log.`;
    const findings = begun ?? { violations: [] };
    return { verdict: { state: 'given-up', reason }, ruling, findings, fixBegun: begun !== undefined };
  }
  const look = seen ?? (await ask('plan', false));
  // What complies now, after an attempt that nobody heard the end of, was probably fixed by it: nobody can tell.
  if (begun && look.outcome === 'already-compliant') {
    const completed = ruling.flag === 'on' ? await complete(work, begun) : undefined;
    if (completed) return completed;
    const reason =
      "It complies now; an earlier attempt of Staunch's, which ended before it could say so, may have done it.";
    return { verdict: { state: 'fixed', reason }, ruling, findings: begun, fixBegun: false };
  }
  // The undo stopped before it changed anything.
  if (undoing && look.outcome === 'already-compliant') {
    return { verdict: { state: 'fixed' }, ruling, findings: undoing, fixBegun: false };
  }
  const decision = decide(look, ruling, applyLossy, exemption);
  if (decision.do === 'record') {
    // A look that failed saw nothing; what was begun is not forgotten for it.
    const findings = begun && look.violations.length === 0 ? begun : look;
    return { verdict: decision, ruling, findings, fixBegun: begun !== undefined };
  }
  await beforeFix(look);
  const fix = await ask('apply', applyLossy);
  // A function that died in the middle says nothing of what it saw; the look before it does.
  const plan = fix.plan ?? look.plan;
  const violations = fix.violations.length > 0 ? fix.violations : look.violations;
  return {
    verdict: verdictOnFix(fix),
    ruling,
    findings: { violations, ...(plan && { plan }) },
    fixBegun: begun !== undefined || fix.applied > 0 || fix.unheard === true,
    ...(fix.unheard && { unheard: true }),
  };
}

/**
 * Has what an earlier attempt began made whole: what it made may be enough to comply.
 * @returns undefined when nothing was left to be made
 */
async function complete(work: Work, begun: Findings): Promise<Worked | undefined> {
  const { ruling, applyLossy, ask, beforeFix } = work;
  await beforeFix(begun);
  const fix = await ask('apply', applyLossy);
  if (fix.outcome === 'already-compliant') return undefined;
  return {
    verdict: verdictOnFix(fix),
    ruling,
    findings: begun,
    fixBegun: true,
    ...(fix.unheard && { unheard: true }),
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
  const outcome: Outcome = {
    state: verdict.state,
    decidedBy: ruling.decidedBy,
    ...(ruling.flag && { flag: ruling.flag }),
    violations,
    ...(plan && { plan }),
    ...(omitted && { omitted }),
    ...(reason !== undefined && { reason }),
    ...(verdict.errorCode && { errorCode: verdict.errorCode }),
    ...(verdict.lookAgainAt && { lookAgainAt: verdict.lookAgainAt }),
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
