import { cut } from './cut';
import type { Order } from './order';

const longestReason = 500;

/**
 * What two persons want who have ordered the same: no more than each of them has said. What ends, ends when the first of them said, and
 * the reason is both of theirs.
 * @param second with its key
 */
export function agreedOrder(first: Order, second: Order): Order {
  const reasons = [first, second].flatMap((order) =>
    'reason' in order && order.reason !== undefined ? [order.reason] : [],
  );
  const ends = [first, second].flatMap((order) =>
    'until' in order && order.until !== undefined ? [order.until] : [],
  );
  const [end] = ends.sort((one, other) => Date.parse(one) - Date.parse(other));
  const reason = cut([...new Set(reasons)].join('; '), longestReason);
  return {
    ...second,
    ...(reason !== '' && { reason }),
    ...(end !== undefined && { until: end }),
  };
}
