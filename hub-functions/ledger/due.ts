import type { FindingRecord } from './record';

/** How long after a state change its report may still be on its way, before the sweep sends it again. */
const reportGraceMilliseconds = 30_000;

/** Whether somebody works on the finding now. */
export function isLeased(record: FindingRecord, now: Date): boolean {
  return record.lease !== undefined && record.lease.until > now.toISOString();
}

/**
 * Whether somebody has to look at the resource now: the last look stopped half-way, a failed one is due again, a
 * rest is over, or a message asked for another look. Never while somebody works on it.
 */
export function needsLook(record: FindingRecord, now: Date): boolean {
  if (isLeased(record, now)) return false;
  if (record.state === 'received' || record.revisit) return true;
  return [record.nextAttemptAt, record.lookAgainAt].some((at) => at !== undefined && at <= now.toISOString());
}

/** Whether anything but the end of a rest is waited for: a report, a look, another try. */
export function hasWork(record: FindingRecord): boolean {
  const { state, revisit, nextAttemptAt, pendingReports } = record;
  return (
    state === 'received' ||
    revisit === true ||
    nextAttemptAt !== undefined ||
    Object.keys(pendingReports).length > 0
  );
}

/**
 * The record with the attributes of the index over what is due, as they follow from everything else in it: the time
 * at which the sweep should look at it, or none when nothing is left to do.
 */
export function withDueTime(record: FindingRecord): FindingRecord {
  const { sweep: _sweep, dueAt: _dueAt, ...rest } = record;
  const times = Object.values(record.pendingReports).map(({ at }) =>
    new Date(Date.parse(at) + reportGraceMilliseconds).toISOString(),
  );
  // A worker that dies leaves its lease behind: whatever needs a look gets it when the lease ends, and not before.
  const free = record.lease?.until ?? record.at;
  if (record.state === 'received' || record.revisit) times.push(free);
  else {
    const next = record.nextAttemptAt ?? record.lookAgainAt;
    if (next) times.push(free > next ? free : next);
  }
  const [dueAt] = times.sort();
  // The rest keeps whatever a newer version added, which the type cannot name.
  return (dueAt === undefined ? rest : { ...rest, sweep: 'due', dueAt }) as FindingRecord;
}
