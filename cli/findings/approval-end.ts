import type { Decision } from '../../ledger/findings/record';

/**
 * Until when a decision counts; ISO 8601 in UTC. A denial, and an approval of an earlier version of the hub, have no such end.
 */
export function approvalEnd(decision: Decision): string | undefined {
  if (decision.what !== 'approved' || !('until' in decision)) return undefined;
  return typeof decision.until === 'string' ? decision.until : undefined;
}
