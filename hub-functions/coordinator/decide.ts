import { planDigest } from '../../core/plan-digest';
import type { Flag } from '../../core/report';
import type { FindingState } from '../../core/states';
import type { Decision, HeldBy } from '../../ledger/record';
import type { Answer } from './remediation-result';

/** What the policy says of an account and a control: its flag, or that it could not be told. */
export type Ruling = { flag: Flag; decidedBy: string } | { flag?: undefined; decidedBy: string };

/** What becomes of a finding: it is recorded in a state, or the fix is made. */
export type Course =
  /** `approvedAt`: when somebody approved that very plan. */
  { do: 'apply'; applyLossy: boolean; approvedAt?: string } | ({ do: 'record' } & Verdict);

/** A state for a finding, with the sentence for people where it needs one. */
export interface Verdict {
  state: FindingState;
  /** For `held`. */
  heldBy?: HeldBy;
  /** For `held`: what wakes it; see `../ledger/waits-for.ts`. */
  waitsFor?: string;
  /** When the sweep looks again, for a finding that rests; ISO 8601. */
  lookAgainAt?: string;
  reason?: string;
  errorCode?: string;
}

/** What counts beside what the look saw and the policy's flag. */
export interface Circumstances {
  /** Whether the policy allows a lossy plan without approval. */
  applyLossy: boolean;
  /** What the finding comes to while it is exempt. */
  exempt?: Verdict;
  /** What somebody decided about the plan; a decision that has expired is none. */
  decision?: Decision;
  /** An approval that has expired. */
  expired?: Decision;
}

/**
 * Decides what to do about a resource that was looked at live.
 * @param look what the remediation function answered to `plan`
 * @param ruling what the policy says; without a flag nothing may be changed
 */
export function decide(look: Answer, ruling: Ruling, circumstances: Circumstances): Course {
  const { applyLossy, exempt, decision, expired } = circumstances;
  if (exempt && (look.outcome === 'planned' || look.outcome === 'refused'))
    return { do: 'record', ...exempt };
  // Without the policy nobody knows by which parameters it complies either.
  const seen = look.outcome === 'planned' || look.outcome === 'already-compliant';
  if (ruling.flag === undefined && seen) {
    return {
      do: 'record',
      state: 'failed',
      reason: `Nothing was changed, because the account's flag cannot be resolved: ${ruling.decidedBy}`,
    };
  }
  if (look.outcome !== 'planned' || ruling.flag === undefined) {
    return { do: 'record', ...verdictOnLook(look, ruling) };
  }
  if (ruling.flag === 'off') return { do: 'record', state: 'reported' };
  if (decision && look.plan && decision.seen === planDigest(look.plan)) {
    if (decision.what === 'denied') return { do: 'record', ...deniedVerdict(decision) };
    return { do: 'apply', applyLossy: decision.lossy, approvedAt: decision.at };
  }
  if (ruling.flag === 'approval') {
    return waiting('The flag of this account asks for approval.', expired);
  }
  return look.plan?.lossy && !applyLossy ? waiting(lossyReason(look), expired) : { do: 'apply', applyLossy };
}

function waiting(why: string, expired: Decision | undefined): Course {
  const over = expired ? `The approval of ${expired.by} of ${expired.at} has expired. ` : '';
  return { do: 'record', state: 'waiting', reason: `${over}${why}` };
}

/** What a finding comes to when the fix was tried. */
export function verdictOnFix(fix: Answer): Verdict {
  if (fix.outcome === 'planned') {
    return { state: 'waiting', reason: fix.plan?.lossy ? lossyReason(fix) : (fix.reason ?? '') };
  }
  return fix.outcome === 'fixed' ? { state: 'fixed' } : verdictOnEither(fix);
}

/** What a finding comes to that somebody decided against. */
export function deniedVerdict({ by, reason = '' }: Decision): Verdict {
  return { state: 'denied', reason: `Denied by ${by}: ${reason}` };
}

function verdictOnLook(look: Answer, { flag }: Ruling): Verdict {
  // Where nothing would be tried anyway, a fix that cannot be made is something to show, not a failure.
  if (look.outcome === 'refused' && flag === 'off') return { state: 'reported', ...because(look) };
  if (look.outcome === 'fixed') {
    return {
      state: 'failed',
      reason: 'The remediation function changed something when it was asked only to plan.',
    };
  }
  return verdictOnEither(look);
}

function verdictOnEither(result: Answer): Verdict {
  const { unreachable: waitsFor } = result;
  if (waitsFor !== undefined) return { state: 'held', heldBy: 'account', waitsFor, ...because(result) };
  switch (result.outcome) {
    case 'already-compliant':
    case 'gone':
      return { state: result.outcome };
    case 'refused':
      return { state: 'given-up', ...because(result) };
    case 'stopped':
      return { state: 'held', heldBy: 'stop', ...because(result) };
    default:
      return { state: 'failed', ...because(result) };
  }
}

function because({ reason, errorCode, applied, plan }: Answer): Pick<Verdict, 'reason' | 'errorCode'> {
  const half = applied > 0 ? ` ${applied} of ${plan?.changes.length ?? '?'} changes were made.` : '';
  const why = `${reason ?? ''}${half}`.trim();
  return { ...(why && { reason: why }), ...(errorCode && { errorCode }) };
}

function lossyReason({ plan }: Answer): string {
  const losses = plan?.losses ?? [];
  // Whoever shows the reason shows the plan's losses as a list as well.
  if (losses.length > 1) return `The fix also takes ${losses.length} things that were not the danger.`;
  return `The fix also takes something that was not the danger: ${losses[0] ?? 'see the plan.'}`;
}
