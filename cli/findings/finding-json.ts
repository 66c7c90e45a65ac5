import { findingId } from '../../core/finding';
import { isOpen } from '../../core/states';
import type { FindingRecord } from '../../ledger/findings/record';
import {
  decisionOf,
  errorCodeOf,
  heldByOf,
  lookAgainOf,
  nextAttemptOf,
} from '../../ledger/findings/record-parts';
import { approvalEnd } from './approval-end';

/** A finding for programs: what people may read of a record, and nothing of how the hub works on it. */
export function findingJson(record: FindingRecord): object {
  const { identity, occurrence, state, severity, attempt, receivedAt, at, violations } = record;
  const { flag, decidedBy, plan, omitted, reason, detector, opened, stack } = record;
  const decision = decisionOf(record);
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
    detector,
    opened,
    stack,
    at,
    nextAttemptAt: nextAttemptOf(record),
    lookAgainAt: lookAgainOf(record),
    heldBy: heldByOf(record),
    decision: decision && {
      what: decision.what,
      by: decision.by,
      reason: decision.reason,
      at: decision.at,
      until: approvalEnd(decision),
    },
    reason,
    errorCode: errorCodeOf(record),
    violations,
    plan,
    omitted,
  };
}
