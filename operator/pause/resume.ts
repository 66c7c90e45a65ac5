import type { OrderAnswer } from '../../core/order';
import type { Hub } from '../hub/hub';
import { giveOrder } from '../orders/give-order';
import { type NamedScope, scopeName, scopeOf } from './scope';

/**
 * Ends the pause of a scope, and of no other.
 * @returns the coordinator's answer
 * @throws OperatorError when the scope means nothing, or several things, or the hub cannot be asked
 */
export async function resume(hub: Hub, named: NamedScope): Promise<OrderAnswer> {
  const scope = await scopeOf(hub, named);
  return giveOrder(hub, { order: 'resume', scope }, `Resuming ${scopeName(scope)}`);
}
