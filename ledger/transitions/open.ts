import type { Detector } from '../../core/detector';
import { type FindingIdentity, findingKey } from '../../core/finding';
import type { Opener } from '../../core/opener';
import { present } from '../../core/present';
import type { Severity } from '../../core/violation';
import { withDueTime } from '../findings/due';
import { becoming, type Lease, type Received, type RecordBase, type RecordIn } from '../findings/record';
import { occurrenceRecordKey } from '../findings/record-key';
import type { HeldOutcome } from './outcome';

/** What said that a resource has to be looked at, and who opened it, where that is known. */
export interface Origin {
  detector?: Detector;
  opened?: Opener;
  /** When its message was sent, ISO 8601. */
  sentAt?: string;
}

/** A new occurrence, taken by the worker that found it. */
export function open(
  identity: FindingIdentity,
  occurrence: number,
  severity: Severity,
  lease: Lease,
  now: Date,
  origin: Origin = {},
): Received {
  const first = newOccurrence(identity, occurrence, severity, now, origin);
  return withDueTime(becoming('received', { ...first, attempt: 1, tries: 1, lease }));
}

/** A new occurrence that nobody looks at yet: it is recorded, and waits. */
export function openHeld(
  identity: FindingIdentity,
  occurrence: number,
  severity: Severity,
  { decidedBy, flag, ruled, heldBy, waitsFor, lookAgainAt, reason }: HeldOutcome,
  now: Date,
  origin: Origin = {},
): RecordIn<'held'> {
  return withDueTime(
    becoming('held', {
      ...newOccurrence(identity, occurrence, severity, now, origin),
      attempt: 0,
      tries: 0,
      decidedBy,
      heldBy,
      ...present({ flag, ruled, waitsFor, lookAgainAt, reason }),
    }),
  );
}

/** So long a message is on its way on every day. */
const usualMilliseconds = 60_000;

function isAtOnce(sentAt: string, now: Date): boolean {
  return now.getTime() - Date.parse(sentAt) < usualMilliseconds;
}

function newOccurrence(
  identity: FindingIdentity,
  occurrence: number,
  severity: Severity,
  now: Date,
  { detector, opened, sentAt }: Origin,
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
    ...present({
      detector,
      opened,
      sentAt: sentAt === undefined || isAtOnce(sentAt, now) ? undefined : sentAt,
    }),
    at,
    violations: [],
    pendingReports: {},
    stateChanges: 0,
  };
}
