import type { Decision } from '../ledger/findings/record';
import { counts, isDecidedOn } from '../ledger/transitions/decide';
import type { Facts } from './facts';

/** The decision that counts now: it has not expired, and is about the plan that was seen, where one was. */
export function decisionOn({ decision, look, now }: Facts): Decision | undefined {
  if (!counts(decision, now)) return undefined;
  if (look?.seen === undefined) return decision;
  const seen = { digest: look.seen, earlier: look.seenEarlier };
  return isDecidedOn(decision.what, decision.seen, seen) ? decision : undefined;
}

/** When a person approved what would be done; undefined where nobody did. */
export function approvedAt(facts: Facts): string | undefined {
  const decision = decisionOn(facts);
  return decision?.what === 'approved' ? decision.at : undefined;
}

/** The verdict on a finding that a person decided against. */
export function deniedVerdict({ by, reason = '' }: Decision) {
  return { state: 'denied', reason: `Denied by ${by}: ${reason}` } as const;
}
