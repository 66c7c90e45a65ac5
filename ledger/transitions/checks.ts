import { findingId } from '../../core/finding';
import { type FindingState, mayFollow } from '../../core/states';
import type { FindingRecord, Received } from '../findings/record';
import { LeaseLostError, TransitionError } from '../table/errors';

/**
 * An occurrence that a worker took, as it was read since.
 * @throws LeaseLostError when it is not taken any more: another worker has settled it
 */
export function stillTaken(record: FindingRecord): Received {
  if (record.state === 'received') return record;
  throw leaseLost(record);
}

/** @throws LeaseLostError when another worker has taken the occurrence */
export function checkHolder(record: Received, holder: string): void {
  if (record.lease?.holder !== holder) throw leaseLost(record);
}

function leaseLost(record: FindingRecord): LeaseLostError {
  return new LeaseLostError(`Another worker has taken ${nameOf(record)}.`);
}

/** @throws TransitionError when the table of states does not have one state follow the other */
export function checkTransition(record: FindingRecord, to: FindingState): void {
  if (mayFollow(record.state, to)) return;
  throw new TransitionError(`${nameOf(record)} is ${record.state}; ${to} may not follow.`);
}

/** An occurrence, for a message. */
export function nameOf({ identity, occurrence }: Pick<FindingRecord, 'identity' | 'occurrence'>): string {
  return findingId(identity, occurrence);
}
