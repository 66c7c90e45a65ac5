import type { Opener } from '../../core/opener';
import type { FindingRecord } from '../findings/record';

/**
 * So much may lie between the time that CloudTrail tells of a call and that at which every look sees what it changed: events tell
 * whole seconds, and EC2's answers may be behind for a moment.
 * https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
const seenAfterMilliseconds = 5_000;

/** Whether every look at an occurrence began after a call, so that it has seen what the call changed. */
export function sawCall({ receivedAt }: FindingRecord, { at }: Opener): boolean {
  return Date.parse(at) + seenAfterMilliseconds <= Date.parse(receivedAt);
}

/**
 * Whether a call can be what opened an occurrence of which nobody has said that yet: it came before the occurrence, and after the
 * end of the one before. Whoever changes later what is open already has not opened it.
 */
export function mayHaveOpened(
  { at }: Opener,
  { opened, receivedAt }: FindingRecord,
  before: FindingRecord | undefined,
): boolean {
  if (opened !== undefined || (before !== undefined && at <= before.at)) return false;
  return Date.parse(at) <= Date.parse(receivedAt) + seenAfterMilliseconds;
}

/** CloudTrail has said who opened it. */
export function noteOpener<Noted extends FindingRecord>(record: Noted, opened: Opener): Noted {
  return { ...record, opened };
}
