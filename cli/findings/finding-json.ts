import { findingId } from '../../core/finding';
import { isOpen } from '../../core/states';
import type { FindingRecord } from '../../ledger/record';
import { approvalEnd } from './approval-end';

/** A finding for programs: what people may read of a record, and nothing of how the hub works on it. */
export function findingJson(record: FindingRecord): object {
  const { identity, occurrence, state, severity, attempt, receivedAt, at, violations } = record;
  const { flag, decidedBy, plan, omitted, reason, errorCode, nextAttemptAt, heldBy, decision, lookAgainAt } =
    record;
  // JSON leaves out what is undefined.
  return {
    finding: findingId(identity, occurrence),
    ...identity,
    occurrence,
    state,
    open: isOpen(state),
    severity,
    flag,
    decidedBy,
    attempt,
    receivedAt,
    at,
    nextAttemptAt,
    lookAgainAt,
    heldBy,
    decision: decision && {
      what: decision.what,
      by: decision.by,
      reason: decision.reason,
      at: decision.at,
      until: approvalEnd(decision),
    },
    reason,
    errorCode,
    violations,
    plan,
    omitted,
  };
}
