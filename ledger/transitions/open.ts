import { type FindingIdentity, findingKey } from '../../core/finding';
import { present } from '../../core/present';
import type { Severity } from '../../core/violation';
import { withDueTime } from '../due';
import { becoming, type Lease, type Received, type RecordBase, type RecordIn } from '../record';
import { occurrenceRecordKey } from '../record-key';
import type { HeldOutcome } from './outcome';

/** A new occurrence, taken by the worker that found it. */
export function open(
  identity: FindingIdentity,
  occurrence: number,
  severity: Severity,
  lease: Lease,
  now: Date,
): Received {
  const opened = newOccurrence(identity, occurrence, severity, now);
  return withDueTime(becoming('received', { ...opened, attempt: 1, tries: 1, lease }));
}

/** A new occurrence that nobody looks at yet: it is recorded, and waits. */
export function openHeld(
  identity: FindingIdentity,
  occurrence: number,
  severity: Severity,
  { decidedBy, flag, ruled, heldBy, waitsFor, lookAgainAt, reason }: HeldOutcome,
  now: Date,
): RecordIn<'held'> {
  return withDueTime(
    becoming('held', {
      ...newOccurrence(identity, occurrence, severity, now),
      attempt: 0,
      tries: 0,
      decidedBy,
      heldBy,
      ...present({ flag, ruled, waitsFor, lookAgainAt, reason }),
    }),
  );
}

function newOccurrence(
  identity: FindingIdentity,
  occurrence: number,
  severity: Severity,
  now: Date,
): Omit<RecordBase, 'attempt' | 'tries'> {
  const at = now.toISOString();
  return {
    finding: findingKey(identity),
    record: occurrenceRecordKey(occurrence),
    version: 1,
    identity: { ...identity },
    occurrence,
    severity,
    receivedAt: at,
    at,
    violations: [],
    pendingReports: {},
  };
}
