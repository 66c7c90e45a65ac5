import { endOf, latestDate } from '../../config/expiry';
import { UserError } from '../user-error';

const day = 24 * 60 * 60 * 1000;
const units: Readonly<Record<string, number>> = { h: day / 24, d: day, w: 7 * day };

/** An exemption that nobody thinks of any more is a hole, so it has an end in sight. */
const mostDays = 365;

const forms =
  'a span such as 12h, 30d or 4w, a date such as 2026-12-24 (to the end of that day, UTC), or a time such as 2026-12-24T18:00Z';

/**
 * The time that a person named: a span from now, a date (the end of that day in UTC), or a time with its offset from UTC.
 * @throws UserError when it is none of them, not in the future, or too far ahead
 */
export function parseUntil(text: string, now: Date): Date {
  const until = spanFrom(text, now) ?? endOf(text);
  if (until === undefined)
    throw new UserError(`--until is ${JSON.stringify(text)}, and should be ${forms}.`, 2);
  if (until.getTime() <= now.getTime())
    throw new UserError(
      `--until is ${shown(until)}, and should lie in the future: it is ${shown(now)} now.`,
      2,
    );
  if (until > latest(now)) {
    throw new UserError(
      `--until is ${shown(until)}, and may be ${mostDays} days ahead at most. What should stay as it is for longer belongs into the policy.`,
      2,
    );
  }
  return until;
}

function spanFrom(text: string, now: Date): Date | undefined {
  const [, number, unit = ''] = /^(\d{1,6})([hdw])$/.exec(text) ?? [];
  const milliseconds = units[unit];
  return milliseconds === undefined ? undefined : new Date(now.getTime() + Number(number) * milliseconds);
}

/** The end of the last day that lies `mostDays` ahead, so that a date may name that day. */
function latest(now: Date): Date {
  return endOf(latestDate(now, mostDays)) ?? now;
}

function shown(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}
