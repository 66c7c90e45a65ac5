import type { RemediationResult } from '../../contract/remediation';
import type { Flag } from '../../contract/report';
import type { FindingState } from '../../contract/states';
import type { Exemption } from '../ledger/exemptions';

/** What the policy says of an account: its flag, or that it could not be told. */
export type Ruling = { flag: Flag; decidedBy: string } | { flag?: undefined; decidedBy: string };

/** What becomes of a finding: it is recorded in a state, or the fix is made. */
export type Decision = { do: 'apply' } | ({ do: 'record' } & Verdict);

/** A state for a finding, with the sentence for people where it needs one. */
export interface Verdict {
  state: FindingState;
  /** When the sweep looks again, for a finding that rests; ISO 8601. */
  lookAgainAt?: string;
  reason?: string;
  errorCode?: string;
}

/**
 * Decides what to do about a resource that was looked at live.
 * @param look what the remediation function answered to `plan`
 * @param ruling what the policy says; without a flag nothing may be changed
 * @param applyLossy whether the policy allows a lossy plan without approval
 * @param exemption that holds now, because a fix was undone
 */
export function decide(
  look: RemediationResult,
  ruling: Ruling,
  applyLossy: boolean,
  exemption?: Exemption,
): Decision {
  if (exemption && (look.outcome === 'planned' || look.outcome === 'refused')) {
    return { do: 'record', ...undoneVerdict(exemption) };
  }
  if (look.outcome !== 'planned') return { do: 'record', ...verdictOnLook(look, ruling) };
  switch (ruling.flag) {
    case undefined:
      return {
        do: 'record',
        state: 'failed',
        reason: `Nothing was changed, because the account's flag cannot be resolved: ${ruling.decidedBy}`,
      };
    case 'off':
      return { do: 'record', state: 'reported' };
    case 'approval':
      return { do: 'record', state: 'waiting', reason: 'The flag of this account asks for approval.' };
    case 'on':
      return look.plan?.lossy && !applyLossy
        ? { do: 'record', state: 'waiting', reason: lossyReason(look) }
        : { do: 'apply' };
  }
}

/** What a finding comes to when the fix was tried. */
export function verdictOnFix(fix: RemediationResult): Verdict {
  if (fix.outcome === 'planned') return { state: 'waiting', reason: lossyReason(fix) };
  return fix.outcome === 'fixed' ? { state: 'fixed' } : verdictOnEither(fix);
}

/** What a finding comes to while its undone fix is not made again. */
export function undoneVerdict({ by, reason, until }: Exemption): Verdict {
  return {
    state: 'undone',
    reason: `The fix was undone for ${by}: ${reason} It is not fixed again before ${until}.`,
    lookAgainAt: until,
  };
}

function verdictOnLook(look: RemediationResult, { flag }: Ruling): Verdict {
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

function verdictOnEither(result: RemediationResult): Verdict {
  switch (result.outcome) {
    case 'already-compliant':
    case 'gone':
      return { state: result.outcome };
    case 'refused':
      return { state: 'given-up', ...because(result) };
    default:
      return { state: 'failed', ...because(result) };
  }
}

function because({
  reason,
  errorCode,
  applied,
  plan,
}: RemediationResult): Pick<Verdict, 'reason' | 'errorCode'> {
  const half = applied > 0 ? ` ${applied} of ${plan?.changes.length ?? '?'} changes were made.` : '';
  const why = `${reason ?? ''}${half}`.trim();
  return { ...(why && { reason: why }), ...(errorCode && { errorCode }) };
}

function lossyReason({ plan }: RemediationResult): string {
  return `The fix also takes something that was not the danger: ${plan?.losses.join(' ') || 'see the plan.'}`;
}
