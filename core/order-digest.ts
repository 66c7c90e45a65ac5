import { createHash } from 'node:crypto';
import type { Order, OrderRequest } from './order';

/** An order in short, with all that it says but its key: the same key may stand for no other. */
export function orderDigest({ key: _key, ...said }: OrderRequest): string {
  return digestOf(said);
}

/**
 * What an order is about, in short: two persons who order the same need not give the same reason, nor the same end.
 * @param order one that was parsed
 */
export function subjectDigest(order: Order): string {
  const about =
    'finding' in order
      ? [order.finding, order.occurrence, ...('plan' in order ? [order.plan] : [])]
      : aboutScope(order);
  return digestOf([order.order, ...about]);
}

function aboutScope(order: Exclude<Order, { finding: object }>): unknown[] {
  switch (order.order) {
    case 'thaw':
      return [order.scope, order.list];
    case 'limits':
      return [order.fixesPerHour];
    default:
      return [order.scope];
  }
}

/** Parsed values have their keys in the order of the schema. */
function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
