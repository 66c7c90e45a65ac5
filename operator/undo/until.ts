import { endOf, latestDate } from '../../config/expiry';
import { InputError } from '../errors';
import { endOfSpan, untilForms } from '../text/span';

/** An exemption that nobody thinks of any more is a hole, so it has an end in sight. */
const mostDays = 365;

/**
 * The time that a person named: a span from now, a date (the end of that day in UTC), or a time with its offset from UTC.
 * @throws InputError when it is none of them, not in the future, or too far ahead
 */
export function parseUntil(text: string, now: Date): Date {
  const until = endOfSpan(text, now) ?? endOf(text);
  if (until === undefined)
    throw new InputError(`is ${JSON.stringify(text)}, and should be ${untilForms}.`, 'until');
  if (until.getTime() <= now.getTime())
    throw new InputError(
      `is ${shown(until)}, and should lie in the future: it is ${shown(now)} now.`,
      'until',
    );
  if (until > latest(now)) {
    throw new InputError(
      `is ${shown(until)}, and may be ${mostDays} days ahead at most. What should stay as it is for longer belongs in the policy.`,
      'until',
    );
  }
  return until;
}

/** The end of the last day that lies `mostDays` ahead, so that a date may name that day. */
function latest(now: Date): Date {
  return endOf(latestDate(now, mostDays)) ?? now;
}

function shown(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}
