import { findingId } from '../core/finding';
import type { Order } from '../core/order';
import { nameOfScope } from '../ledger/limits/stop';
import { scopeOf } from './order-permission';

/** What an order is about, for people: a finding's name, or what is paused or resumed. */
export function orderedText(order: Order): string {
  return 'finding' in order ? findingId(order.finding, order.occurrence) : nameOfScope(scopeOf(order));
}
