import { utc } from '../../core/utc';
import type { TrailRow } from '../../ledger/coverage/coverage-gaps';

/**
 * What is known of a trail, in a few words: that one logs, and when an event of it arrived last; that none does; or that nobody has
 * read it. Pure.
 */
export function trailText({ isLogging, eventAt }: TrailRow): string {
  const event = eventAt === undefined ? 'no event yet' : utc(eventAt);
  if (isLogging === true) return event;
  if (isLogging === false) return 'none logs';
  return eventAt === undefined ? 'unknown' : event;
}
