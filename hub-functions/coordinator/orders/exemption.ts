import type { OrderOf } from '../../../core/order';
import { latestOrderEnd, mostDaysAhead } from '../../../core/order-end';
import { utc } from '../../../core/utc';
import type { UndoExemption } from '../../../ledger/findings/undo-exemption';
import { OrderRefusedError } from './refused';

/** An order that exempts a resource until a time. */
type Exempting = OrderOf<'undo' | 'exempt'>;

/**
 * Until when an order exempts a resource.
 * @returns ISO 8601 in UTC with milliseconds
 * @throws OrderRefusedError when that is not ahead, or too far
 */
export function checkedExpiry({ until }: Exempting, now: Date): string {
  const end = Date.parse(until);
  if (end <= now.getTime()) throw new OrderRefusedError(`The expiry ${utc(until)} has passed.`);
  if (end > latestOrderEnd(now).getTime()) {
    throw new OrderRefusedError(`The expiry ${utc(until)} is more than ${mostDaysAhead} days ahead.`);
  }
  return new Date(end).toISOString();
}

/** The exemption that an order writes. @param until as `checkedExpiry` gives it */
export function exemptionOf({ order, reason, by }: Exempting, until: string, now: Date): UndoExemption {
  return {
    reason: sentence(reason),
    by,
    until,
    writtenAt: now.toISOString(),
    ...(order === 'exempt' && { exempted: true }),
  };
}

/** With a full stop, so that another sentence may follow. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
