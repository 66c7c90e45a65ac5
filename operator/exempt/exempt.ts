import { findingId } from '../../core/finding';
import type { OrderAnswer } from '../../core/order';
import { findFinding } from '../findings/find-finding';
import type { Hub } from '../hub/hub';
import { giveOrder } from '../orders/give-order';

/**
 * Has a resource left as it is until then.
 * @param name of the finding, as `findFinding` takes it
 * @returns the hub's answer
 * @throws OperatorError when there is no such finding, or the hub does not take the order, or cannot be asked
 */
export async function exempt(
  hub: Hub,
  name: string,
  { reason, until }: { reason: string; until: Date },
): Promise<OrderAnswer> {
  const { identity, occurrence } = await findFinding(hub, name);
  return giveOrder(
    hub,
    { order: 'exempt', finding: identity, occurrence, reason, until: until.toISOString() },
    `Exempting ${findingId(identity, occurrence)}`,
  );
}
