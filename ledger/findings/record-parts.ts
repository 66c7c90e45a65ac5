import type { Decision, FindingRecord, HeldBy } from './record';

/** AWS's error code, in a state that a failure may lead to. */
export function errorCodeOf(record: FindingRecord): string | undefined {
  switch (record.state) {
    case 'received':
    case 'reported':
    case 'held':
    case 'failed':
    case 'given-up':
      return record.errorCode;
    default:
      return undefined;
  }
}

/** What somebody decided about an open occurrence. */
export function decisionOf(record: FindingRecord): Decision | undefined {
  switch (record.state) {
    case 'fixed':
    case 'already-compliant':
    case 'gone':
      return undefined;
    default:
      return record.decision;
  }
}

/** What an occurrence is held for, or was when it was taken. */
export function heldByOf(record: FindingRecord): HeldBy | undefined {
  return record.state === 'held' || record.state === 'received' ? record.heldBy : undefined;
}

/** What wakes an occurrence that is held, where it is no time. */
export function waitsForOf(record: FindingRecord): string | undefined {
  return record.state === 'held' ? record.waitsFor : undefined;
}

/** When an occurrence that failed is tried again; ISO 8601. */
export function nextAttemptOf(record: FindingRecord): string | undefined {
  return record.state === 'failed' || record.state === 'received' ? record.nextAttemptAt : undefined;
}

/** When an occurrence that rests is looked at again; ISO 8601. */
export function lookAgainOf(record: FindingRecord): string | undefined {
  switch (record.state) {
    case 'received':
    case 'reported':
    case 'waiting':
    case 'denied':
    case 'failed':
      return undefined;
    default:
      return record.lookAgainAt;
  }
}
