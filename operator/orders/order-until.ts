import { findingId } from '../../core/finding';
import type { OrderAnswer } from '../../core/order';
import { findFinding } from '../findings/find-finding';
import type { Hub } from '../hub/hub';
import { giveOrder } from './give-order';

/** Why a resource is not fixed, and until when. */
export interface UntilThen {
  reason: string;
  until: Date;
}

/**
 * Gives an order by which a resource is not fixed until then.
 * @param name of the finding, as `findFinding` takes it
 * @param doing what is waited for, of the finding's name
 * @returns the hub's answer
 * @throws OperatorError when there is no such finding, or the hub does not take the order, or cannot be asked
 */
export async function orderUntil(
  hub: Hub,
  order: 'undo' | 'exempt',
  name: string,
  { reason, until }: UntilThen,
  doing: (finding: string) => string,
): Promise<OrderAnswer> {
  const { identity, occurrence } = await findFinding(hub, name);
  return giveOrder(
    hub,
    { order, finding: identity, occurrence, reason, until: until.toISOString() },
    doing(findingId(identity, occurrence)),
  );
}
