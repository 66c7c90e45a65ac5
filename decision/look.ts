import type { Plan } from '../core/plan';
import { earlierPlanDigest, planDigest } from '../core/plan-digest';
import type { FindingRecord } from '../ledger/findings/record';
import type { Look } from './facts';
import type { Result } from './result-verdict';

/** A look, as a remediation function answered it. */
export function lookOf(answer: Result & { plan?: Plan; exemptUntil?: string }): Look {
  const { plan } = answer;
  return { ...answer, ...(plan && { seen: planDigest(plan), seenEarlier: earlierPlanDigest(plan) }) };
}

/**
 * What a look would see if the resource were dangerous, and like it was seen last.
 * @param record the finding's latest occurrence, where it has one
 */
export function assumedLook(record: FindingRecord | undefined): Look {
  const { plan, seenDigest, exemptUntil } = record ?? {};
  return {
    outcome: 'planned',
    applied: 0,
    assumed: true,
    ...(plan && { plan }),
    ...(seenDigest !== undefined && { seen: seenDigest }),
    ...(exemptUntil !== undefined && { exemptUntil }),
  };
}
