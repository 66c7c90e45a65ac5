import { randomUUID } from 'node:crypto';
import { type Order, type OrderAnswer, type OrderRequest, orderSchema, orderVersion } from '../../core/order';
import { printable } from '../../resources/kit/printable';
import { InputError, OperatorError } from '../errors';
import type { OrderedHub } from '../hub/asked-hub';

/** An order without what is the same for all of them: the version and the key. */
export type OrderDraft = WithoutShared<Order>;
/** An order that changes nothing, without what is the same for all of them. */
export type QuestionDraft = WithoutShared<Exclude<OrderRequest, Order>>;
/** One kind after another, since `Omit` would keep only what all kinds have. */
type WithoutShared<Any> = Any extends unknown ? Omit<Any, 'version' | 'key'> : never;

/**
 * Gives the hub an order, in the name of whoever's credentials these are, and waits for the answer.
 * @param waitingFor what is waited for, as the host shows it meanwhile
 * @throws InputError when the order's reason says nothing, or too much
 * @throws OperatorError when the hub does not take the order, or cannot be asked
 */
export async function giveOrder(
  hub: OrderedHub,
  draft: OrderDraft,
  waitingFor: string,
): Promise<OrderAnswer> {
  checkReason(draft);
  const order = withKey(draft);
  return hub.ask('orders', () => hub.host.progress(printable(waitingFor), () => hub.order(order)));
}

/**
 * Asks the hub what takes an order, and changes nothing.
 * @throws OperatorError when the hub does not tell it to whoever's credentials these are, or cannot be asked
 */
export async function askHub(hub: OrderedHub, draft: QuestionDraft): Promise<OrderAnswer> {
  const order = withKey(draft);
  return hub.ask('orders', () => hub.order(order));
}

/** The one thing that a person writes freely. */
function checkReason(draft: OrderDraft): void {
  if (!('reason' in draft) || draft.reason === undefined) return;
  const { length } = draft.reason.trim();
  if (length < 1 || length > 500)
    throw new InputError('should say why, in 500 characters at most.', 'reason');
}

/**
 * An order with a key of its own: however often it has to be sent until it is answered, it has one effect.
 * @throws OperatorError when the hub would not take it
 */
function withKey(draft: OrderDraft | QuestionDraft): OrderRequest {
  const checked = orderSchema.safeParse({ ...draft, version: orderVersion, key: randomUUID() });
  if (checked.success) return checked.data;
  const where = checked.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new OperatorError(
    `The order to ${draft.order} cannot be given: its ${printable(where)} is malformed.`,
  );
}
