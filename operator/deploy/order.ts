import { stackNames } from '../../core/names';

/**
 * The stacks in the order in which they are deployed. Members need the hub's queue and bucket from their first minute; later a new hub may
 * require rights that only new member roles have, so that it comes last. Pure.
 * @param stacks that the policy has
 * @param isFirst whether there is no hub yet
 */
export function deployOrder(stacks: readonly string[], isFirst: boolean): string[] {
  const { hub, pilot, rest } = stackNames;
  const order = isFirst ? [hub, pilot, rest] : [pilot, rest, hub];
  return order.filter((name) => stacks.includes(name));
}

/** All stacks that any policy may have had, in the order in which they are removed: what the hub deployed goes before the hub. */
export const destroyOrder: readonly string[] = [stackNames.rest, stackNames.pilot, stackNames.hub];
