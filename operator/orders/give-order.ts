import { randomUUID } from 'node:crypto';
import { type Order, type OrderAnswer, type OrderRequest, orderSchema, orderVersion } from '../../core/order';
import { printable } from '../../resources/kit/printable';
import { InputError, OperatorError } from '../errors';
import type { Hub } from '../hub/hub';

/** An order without what is the same for all of them: the version and the key. */
export type OrderDraft = WithoutShared<Order>;
/** One kind after another, since `Omit` would keep only what all kinds have. */
type WithoutShared<Any> = Any extends unknown ? Omit<Any, 'version' | 'key'> : never;

/**
 * Gives the coordinator an order in the name of whoever's credentials these are, and waits for the answer.
 * @param waitingFor what is waited for, as the host shows it meanwhile
 * @throws InputError when the order's reason says nothing, or too much
 * @throws OperatorError when the coordinator would not take the order, or cannot be asked
 */
export async function giveOrder(hub: Hub, draft: OrderDraft, waitingFor: string): Promise<OrderAnswer> {
  checkReason(draft);
  const order = checkedOrder({ ...draft, version: orderVersion, key: randomUUID() });
  return hub.ask('coordinator', () => hub.host.progress(printable(waitingFor), () => hub.order(order)));
}

/** The one thing that a person writes freely. */
function checkReason(draft: OrderDraft): void {
  if (!('reason' in draft)) return;
  const { length } = draft.reason.trim();
  if (length < 1 || length > 500)
    throw new InputError('should say why, in 500 characters at most.', 'reason');
}

/** @throws OperatorError when the coordinator would not take the order */
function checkedOrder(order: OrderRequest): OrderRequest {
  const checked = orderSchema.safeParse(order);
  if (checked.success) return checked.data;
  const where = checked.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new OperatorError(
    `The order to ${order.order} cannot be given: its ${printable(where)} is malformed.`,
  );
}
