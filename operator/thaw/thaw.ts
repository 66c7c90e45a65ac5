import type { OrderAnswer } from '../../core/order';
import { wholeOrganization } from '../../ledger/limits/stop';
import type { Hub } from '../hub/hub';
import { giveOrder } from '../orders/give-order';
import { accountIdOf } from '../organization/account-id';
import { scopeName } from '../pause/scope';

/**
 * Releases what is frozen, if it is what was shown.
 * @param list as `frozenNow` gives it
 * @param account by id or by name; everything where left out
 * @returns the hub's answer
 * @throws OperatorError when no account has the name, or several have; and when the hub cannot be asked
 */
export async function thaw(hub: Hub, list: string, account?: string): Promise<OrderAnswer> {
  const scope = account === undefined ? wholeOrganization : await accountIdOf(hub, account);
  return giveOrder(hub, { order: 'thaw', scope, list }, `Thawing ${scopeName(scope)}`);
}
