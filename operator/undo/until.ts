import { endOfSpan, untilForms } from '../../cli/span';
import { UserError } from '../../cli/user-error';
import { endOf, latestDate } from '../../config/expiry';

/** An exemption that nobody thinks of any more is a hole, so it has an end in sight. */
const mostDays = 365;

/**
 * The time that a person named: a span from now, a date (the end of that day in UTC), or a time with its offset from UTC.
 * @throws UserError when it is none of them, not in the future, or too far ahead
 */
export function parseUntil(text: string, now: Date): Date {
  const until = endOfSpan(text, now) ?? endOf(text);
  if (until === undefined)
    throw new UserError(`--until is ${JSON.stringify(text)}, and should be ${untilForms}.`, 2);
  if (until.getTime() <= now.getTime())
    throw new UserError(
      `--until is ${shown(until)}, and should lie in the future: it is ${shown(now)} now.`,
      2,
    );
  if (until > latest(now)) {
    throw new UserError(
      `--until is ${shown(until)}, and may be ${mostDays} days ahead at most. What should stay as it is for longer belongs in the policy.`,
      2,
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
