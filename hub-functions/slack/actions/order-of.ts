import { isCarriedOut, type Order, orderSchema, orderVersion } from '../../../core/order';
import type { FindingAction } from '../../../core/slack-action';

/** What somebody adds to an action in a form. */
export interface Said {
  key: string;
  reason?: string | undefined;
  until?: string | undefined;
}

/**
 * The order that an action about a finding, or a thaw, stands for. Whoever approved or denied what the message showed as waiting decides
 * only where nobody was faster: a message may be older than it looks.
 * @returns undefined where no order comes of it, as of a denial without a reason. Pure
 */
export function orderOf(
  action: FindingAction | { order: 'thaw'; scope: string; list: string },
  { key, reason, until }: Said,
): Order | undefined {
  const parsed = orderSchema.safeParse({
    ...action,
    ...(decidesFirst(action) && { unlessDecided: true }),
    version: orderVersion,
    key,
    ...(reason !== undefined && { reason }),
    ...(until !== undefined && { until }),
  });
  return parsed.success && isCarriedOut(parsed.data) ? parsed.data : undefined;
}

function decidesFirst(action: FindingAction | { order: 'thaw' }): boolean {
  if (action.order === 'approve') return action.overrules === undefined;
  return action.order === 'deny';
}
