import type { OrderAnswer } from '../../core/order';
import type { Hub } from '../hub/hub';
import { orderUntil, type UntilThen } from '../orders/order-until';

/** Has a resource left as it is until then. `orderUntil` says the rest. */
export function exempt(hub: Hub, name: string, said: UntilThen): Promise<OrderAnswer> {
  return orderUntil(hub, 'exempt', name, said, (finding) => `Exempting ${finding}`);
}
