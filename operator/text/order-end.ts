import { endOf } from '../../config/expiry';
import { latestOrderEnd, mostDaysAhead } from '../../core/order-end';
import { utc } from '../../core/utc';
import { InputError } from '../errors';
import { endOfSpan, untilForms } from './span';

/**
 * When an undo or a pause ends, as a person named it: a span from now, a date (the end of that day in UTC), or a time with its offset
 * from UTC.
 * @throws InputError when it is none of them, not ahead, or too far ahead
 */
export function parseOrderEnd(text: string, now: Date): Date {
  const ofSpan = endOfSpan(text, now);
  const end = ofSpan ?? endOf(text);
  if (end === undefined) {
    throw new InputError(`is ${JSON.stringify(text)}, and should be ${untilForms}.`, 'until');
  }
  const isDate = !ofSpan && !text.includes('T');
  const named = `is ${JSON.stringify(text)}, which ${isDate ? 'lasts to the end of that day' : 'ends at'}`;
  const said = isDate ? `${named} (${utc(end)})` : `${named} ${utc(end)}`;
  if (end.getTime() <= now.getTime()) {
    throw new InputError(`${said}, and should lie in the future: it is ${utc(now)} now.`, 'until');
  }
  if (end > latestOrderEnd(now)) {
    throw new InputError(
      `${said}, and may be ${mostDaysAhead} days ahead at most. What should last longer belongs in the policy.`,
      'until',
    );
  }
  return end;
}
