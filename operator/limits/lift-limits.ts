import type { OrderAnswer } from '../../core/order';
import type { Hub } from '../hub/hub';
import { giveOrder } from '../orders/give-order';

/** How many fixes an hour are allowed in each account and in all, until when, and why. */
export interface Lift {
  fixesPerHour: number;
  until: Date;
  reason: string;
}

/**
 * Lifts the limits of fixes an hour.
 * @returns the hub's answer
 * @throws OperatorError when the hub does not take the order, or cannot be asked
 */
export function liftLimits(hub: Hub, { fixesPerHour, until, reason }: Lift): Promise<OrderAnswer> {
  return giveOrder(
    hub,
    { order: 'limits', fixesPerHour, until: until.toISOString(), reason },
    'Lifting the limits',
  );
}
