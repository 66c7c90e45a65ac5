import { type ClosedRecord, type FindingRecord, isOpenRecord, type OpenRecord } from './record';
import { lookAgainOf, nextAttemptOf, waitsForOf } from './record-parts';

/** How long after a state change its report may still be on its way, before the sweep sends it again. */
const reportGraceMilliseconds = 30_000;

/** Partition of the index for what has a report to send, and for notices. */
export const reportPartition = 'report';
/** Partition of the index for what is to be looked at at some time. */
export const lookPartition = 'due';
/** Partition of the index for orders that wait for a second person. */
export const proposalPartition = 'proposal';

/** Partition of the index for what is held until something is over. */
export function waitingPartition(waitsFor: string): string {
  return `waits#${waitsFor}`;
}

/** Whether an open finding takes one of its account's places, of which there are `limits.openFindings`. */
function takesPlace(record: OpenRecord): boolean {
  return !(record.state === 'held' && record.heldBy === 'places');
}

/** Whether something of a finding still has to reach the bus: a report, or an event. */
export function isUntold({
  pendingReports,
  pendingEvents = [],
}: Pick<FindingRecord, 'pendingReports' | 'pendingEvents'>): boolean {
  return pendingEvents.length > 0 || Object.keys(pendingReports).length > 0;
}

/** Whether somebody works on the finding now. */
export function isLeased({ lease }: Pick<FindingRecord, 'lease'>, now: Date): boolean {
  return lease !== undefined && lease.until > now.toISOString();
}

/**
 * Whether somebody has to look at the resource now: the last look stopped half-way, a failed one is due again, a rest is
 * over, or a message asked for another look. Never while somebody works on it. What is held until something is over is
 * looked at whenever it is woken.
 */
export function needsLook(record: FindingRecord, now: Date): boolean {
  if (isLeased(record, now)) return false;
  if (record.state === 'received' || record.revisit || waitsForOf(record) !== undefined) return true;
  const next = restsUntil(record);
  return next !== undefined && next <= now.toISOString();
}

/** Until when an occurrence rests of which a look has ended. */
function restsUntil(record: FindingRecord): string | undefined {
  return nextAttemptOf(record) ?? lookAgainOf(record);
}

/**
 * The record with the attributes of the indexes, as they follow from everything else in it. Of the index over what is due: the
 * partition that the sweep finds it in, and the time at which it should; neither when nothing is left to do. A report, or an event, comes before
 * everything else, so that no look delays it. Of the index over what is open: its account, while it takes a place. Because each
 * record says so itself, the count of an account's open findings cannot come apart from them. DynamoDB removes nothing that has
 * something left to do.
 */
export function withDueTime<Next extends FindingRecord>(record: Next): Next {
  const { sweep: _sweep, dueAt: _dueAt, ...rest } = record;
  const placed = { ...rest, ...placeInIndex(record) } as Next;
  return (isOpenRecord(placed) ? counted(placed) : expiring(placed)) as Next;
}

function counted(record: OpenRecord): OpenRecord {
  const { openIn: _openIn, ...rest } = record;
  return { ...rest, ...(takesPlace(record) && { openIn: record.identity.accountId }) };
}

function expiring(record: ClosedRecord): ClosedRecord {
  const { expiresAt, expiresOnceDone, ...rest } = record;
  const expiry = expiresAt ?? expiresOnceDone;
  if (expiry === undefined) return rest;
  return { ...rest, ...(record.sweep === undefined ? { expiresAt: expiry } : { expiresOnceDone: expiry }) };
}

function placeInIndex(record: FindingRecord): Pick<FindingRecord, 'sweep' | 'dueAt'> {
  const { pendingReports, pendingEvents = [], state, revisit, at, lease } = record;
  const [report] = [...Object.values(pendingReports), ...pendingEvents]
    .map((pending) => new Date(Date.parse(pending.at) + reportGraceMilliseconds).toISOString())
    .sort();
  if (report !== undefined) return { sweep: reportPartition, dueAt: report };
  // A worker that dies leaves its lease behind: whatever needs a look gets it when the lease ends, and not before.
  const free = lease?.until ?? at;
  if (state === 'received' || revisit) return { sweep: lookPartition, dueAt: free };
  const waitsFor = waitsForOf(record);
  if (waitsFor !== undefined) return { sweep: waitingPartition(waitsFor), dueAt: at };
  const next = restsUntil(record);
  return next === undefined ? {} : { sweep: lookPartition, dueAt: free > next ? free : next };
}
