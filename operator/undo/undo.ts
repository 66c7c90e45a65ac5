import type { OrderAnswer } from '../../core/order';
import type { Hub } from '../hub/hub';
import { orderUntil, type UntilThen } from '../orders/order-until';

/** Exposes a resource again: restores what its fix removed, and exempts the finding until then. `orderUntil` says the rest. */
export function undo(hub: Hub, name: string, said: UntilThen): Promise<OrderAnswer> {
  return orderUntil(
    hub,
    'undo',
    name,
    said,
    (finding) => `Undoing the fix of ${finding}, which exposes the resource again`,
  );
}
