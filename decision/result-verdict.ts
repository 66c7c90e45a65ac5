import type { RemediationResult } from '../core/remediation';
import type { Verdict } from './verdict';

/** What a remediation function answered, as far as verdicts follow from it. */
export interface Result extends Pick<RemediationResult, 'outcome' | 'reason' | 'errorCode' | 'applied'> {
  plan?: { lossy: boolean; losses: readonly string[]; changes: readonly unknown[] };
  /** The account cannot be reached: what has to wait until it can; see `../ledger/waits-for.ts`. */
  unreachable?: string;
}

/** The verdict after a fix was tried. */
export function verdictOnFix(fix: Result): Verdict {
  if (fix.outcome === 'planned') {
    return { state: 'waiting', reason: fix.plan?.lossy ? lossyReason(fix) : (fix.reason ?? '') };
  }
  return fix.outcome === 'fixed' ? { state: 'fixed' } : verdictOnResult(fix);
}

/** The verdict on a look or a fix that did not end as it was meant to. */
export function verdictOnResult(result: Result): Verdict {
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

/** The reason that a result gives, with how far it came. */
export function because({ reason, errorCode, applied, plan }: Result): Pick<Result, 'reason' | 'errorCode'> {
  const half = applied > 0 ? ` ${applied} of ${plan?.changes.length ?? '?'} changes were made.` : '';
  const why = `${reason ?? ''}${half}`.trim();
  return { ...(why && { reason: why }), ...(errorCode && { errorCode }) };
}

/** Why a lossy plan waits. */
export function lossyReason({ plan }: Pick<Result, 'plan'>): string {
  // Whoever shows the reason shows the plan's losses as a list as well.
  const count = plan?.losses.length ?? 0;
  return `The fix also takes ${count > 1 ? `${count} things that were` : 'something that was'} not the danger.`;
}
