import { isCarriedOut, type Order, orderSchema, orderVersion } from '../../../core/order';
import type { FindingAction } from '../../../core/slack-action';

/** What somebody adds to an action in a form. */
export interface Said {
  key: string;
  reason?: string | undefined;
  until?: string | undefined;
}

/**
 * The order that an action about a finding, or a thaw, stands for.
 * @returns undefined where no order comes of it, as of a denial without a reason. Pure
 */
export function orderOf(
  action: FindingAction | { order: 'thaw'; scope: string; list: string },
  { key, reason, until }: Said,
): Order | undefined {
  const parsed = orderSchema.safeParse({
    ...action,
    version: orderVersion,
    key,
    ...(reason !== undefined && { reason }),
    ...(until !== undefined && { until }),
  });
  return parsed.success && isCarriedOut(parsed.data) ? parsed.data : undefined;
}
