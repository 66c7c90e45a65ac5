import { endOf } from '../../config/expiry';
import { InputError } from '../errors';
import { endOfSpan, untilForms } from '../text/span';

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** A pause that nobody thinks of any more leaves doors open, so it has an end in sight. */
const mostDays = 366;

/**
 * When a pause ends, as a person named it: a span from now, a date, to the end of that day in UTC, or a time with its offset from UTC.
 * @throws InputError when it is none of them, not ahead, or too far ahead
 */
export function parsePauseEnd(text: string, now: Date): Date {
  const end = endOfSpan(text, now) ?? endOf(text);
  if (end === undefined) {
    throw new InputError(`is ${JSON.stringify(text)}, and should be ${untilForms}.`, 'until');
  }
  if (end.getTime() <= now.getTime())
    throw new InputError(`is ${shown(end)}, and should lie ahead: it is ${shown(now)} now.`, 'until');
  if (end.getTime() > now.getTime() + mostDays * dayMilliseconds) {
    throw new InputError(
      `is ${shown(end)}, and may be ${mostDays} days ahead at most. What should never be fixed belongs in the policy.`,
      'until',
    );
  }
  return end;
}

function shown(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}
