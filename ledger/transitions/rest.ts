import { present } from '../../core/present';
import { isLeased, withDueTime } from '../findings/due';
import type { ClosedRecord, FindingRecord, RecordIn } from '../findings/record';
import type { HeldOutcome } from './outcome';

/** A message met a worker: the worker, or after it the sweep, has to look again. */
export function askForRevisit<Asked extends FindingRecord>(record: Asked): Asked {
  return withDueTime({ ...record, revisit: true as const });
}

/** Somebody looked again at what is closed, and it is nothing new. */
export function revisited(record: ClosedRecord): ClosedRecord {
  const { revisit: _revisit, lookAgainAt: _lookAgainAt, ...rest } = record;
  return withDueTime<ClosedRecord>({ ...rest, tries: 0 });
}

/**
 * Somebody looked again at what is closed, and saw nothing, because the look failed: it stays closed, and is looked at
 * another time. A look that a message asked for during the pause after a failed one leaves the pause as it was.
 * @param pauseAfter how many milliseconds to wait after so many failed looks
 */
export function lookFailed(
  record: ClosedRecord,
  now: Date,
  pauseAfter: (tries: number) => number,
): ClosedRecord {
  const { revisit: _revisit, ...rest } = record;
  if (rest.lookAgainAt !== undefined && rest.lookAgainAt > now.toISOString()) {
    return withDueTime<ClosedRecord>(rest);
  }
  const tries = rest.tries + 1;
  const lookAgainAt = new Date(now.getTime() + pauseAfter(tries)).toISOString();
  return withDueTime<ClosedRecord>({ ...rest, tries, lookAgainAt });
}

/** A later occurrence was opened: nothing is left to be done about this one but to send its reports. */
export function superseded(record: FindingRecord): FindingRecord {
  const { revisit: _revisit, ...rest } = record;
  return withDueTime(withoutTimes(rest));
}

/** The record without what wakes it. */
function withoutTimes(record: FindingRecord): FindingRecord {
  switch (record.state) {
    case 'received':
    case 'failed': {
      const { nextAttemptAt: _nextAttemptAt, ...rest } = record;
      return rest;
    }
    case 'held': {
      const { waitsFor: _waitsFor, lookAgainAt: _lookAgainAt, ...rest } = record;
      return rest;
    }
    case 'reported':
    case 'waiting':
    case 'denied':
      return record;
    default: {
      const { lookAgainAt: _lookAgainAt, ...rest } = record;
      return rest;
    }
  }
}

/** A finding that is held waits on, for what holds it now. */
export function restOn(
  record: RecordIn<'held'>,
  {
    heldBy,
    waitsFor,
    lookAgainAt,
    reason,
  }: Pick<HeldOutcome, 'heldBy' | 'waitsFor' | 'lookAgainAt' | 'reason'>,
): RecordIn<'held'> {
  const { waitsFor: _waitsFor, lookAgainAt: _lookAgainAt, ...rest } = record;
  return withDueTime({ ...rest, heldBy, ...present({ waitsFor, lookAgainAt, reason }) });
}

/** Its fix is backlog no longer: it is looked at again, and then fixed where nothing else holds it. */
export function released(record: RecordIn<'held'>, now: Date): RecordIn<'held'> {
  const asked = askForRevisit({ ...record, standing: 'cleared' as const });
  // Behind what is due already, however long ago it came to rest.
  return isLeased(record, now) ? asked : { ...asked, dueAt: now.toISOString() };
}

/** What of a finding has reached the bus. */
export interface Sent {
  reportIds: readonly string[];
  /** Numbers of events. */
  sequences: readonly number[];
}

/**
 * Reports and events have reached the bus.
 * @returns undefined when the record knows that of all of them
 */
export function told<Told extends FindingRecord>(
  record: Told,
  { reportIds, sequences }: Sent,
): Told | undefined {
  const { pendingEvents = [], ...rest } = record;
  const reports = Object.entries(record.pendingReports);
  const leftReports = reports.filter(([id]) => !reportIds.includes(id));
  const leftEvents = pendingEvents.filter(({ sequence }) => !sequences.includes(sequence));
  if (leftReports.length === reports.length && leftEvents.length === pendingEvents.length) return undefined;
  const pendingReports = Object.fromEntries(leftReports);
  return withDueTime({
    ...rest,
    pendingReports,
    ...(leftEvents.length > 0 && { pendingEvents: leftEvents }),
  } as Told);
}
