import type { Colors } from 'picocolors/types';
import type { OrderAnswer } from '../core/order';
import { noNames, type PlaceNames, withNames } from '../ledger/organization/place-names';
import { printable } from '../resources/kit/printable';

/**
 * The hub's answer to an order, for people. Pure.
 * @param names of the accounts and units that it mentions
 */
export function answerText(answer: OrderAnswer, colours: Colors, names: PlaceNames = noNames): string {
  const { done, text, changes = [], differences = [], errorCode, waitsUntil } = answer;
  const colour = done ? colours.green : waitsUntil === undefined ? colours.red : colours.yellow;
  const code = errorCode === undefined || text.includes(errorCode) ? '' : ` (${printable(errorCode)})`;
  return [
    colour(`${printable(withNames(text, names))}${code}`),
    ...(changes.length > 0 ? ['What was changed:'] : []),
    ...changes.map((change) => `  - ${printable(change)}`),
    ...(differences.length > 0 ? ['What differs from what the fix left behind:'] : []),
    ...differences.map((difference) => `  - ${printable(difference)}`),
  ].join('\n');
}
