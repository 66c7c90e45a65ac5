import { findingId } from '../../core/finding';
import type { OrderAnswer } from '../../core/order';
import { findFinding } from '../findings/find-finding';
import type { Hub } from '../hub/hub';
import { giveOrder } from '../orders/give-order';

/**
 * Exposes a resource again: restores what its fix removed, and exempts the finding until then.
 * @param name of the finding, as `findFinding` takes it
 * @returns the coordinator's answer
 * @throws OperatorError when there is no such finding, or the hub cannot be asked
 */
export async function undo(
  hub: Hub,
  name: string,
  { reason, until }: { reason: string; until: Date },
): Promise<OrderAnswer> {
  const { identity, occurrence } = await findFinding(hub, name);
  return giveOrder(
    hub,
    { order: 'undo', finding: identity, occurrence, reason, until: until.toISOString() },
    `Undoing the fix of ${findingId(identity, occurrence)}, which exposes the resource again`,
  );
}
