import { endOfSpan, untilForms } from '../../cli/span';
import { UserError } from '../../cli/user-error';
import { endOf } from '../../config/expiry';

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** A pause that nobody thinks of any more leaves doors open, so it has an end in sight. */
const mostDays = 366;

/**
 * When a pause ends, as a person named it: a span from now, a date, to the end of that day in UTC, or a time with its offset from UTC.
 * @param text of `--until`
 * @throws UserError when it is none of them, not ahead, or too far ahead
 */
export function parsePauseEnd(text: string, now: Date): Date {
  const end = endOfSpan(text, now) ?? endOf(text);
  if (end === undefined) {
    throw new UserError(`--until is ${JSON.stringify(text)}, and should be ${untilForms}.`, 2);
  }
  if (end.getTime() <= now.getTime())
    throw new UserError(`--until is ${shown(end)}, and should lie ahead: it is ${shown(now)} now.`, 2);
  if (end.getTime() > now.getTime() + mostDays * dayMilliseconds) {
    throw new UserError(
      `--until is ${shown(end)}, and may be ${mostDays} days ahead at most. What should never be fixed belongs in the policy.`,
      2,
    );
  }
  return end;
}

function shown(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}
