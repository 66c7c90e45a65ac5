import type { CompiledPolicy } from '../config/compiled';
import type { AccountPlace, NameBindings, PlaceUnit } from '../config/place';
import type { Actor } from '../core/actor';
import { accountIdPattern } from '../core/finding';
import type { Order } from '../core/order';
import { rightOf } from '../core/right';
import { mayOrder, type OrderRuling, refusalOfAbsent } from '../decision/people';
import type { Ordered } from '../decision/people-places';
import { wholeOrganization } from '../ledger/limits/stop';
import { UnknownAccountError, UnresolvedPlaceError } from '../ledger/organization/place-errors';

/** Tells where accounts and organizational units lie. */
export interface OrderPlaces {
  /** @throws UnknownAccountError, UnresolvedPlaceError */
  place(accountId: string): Promise<AccountPlace>;
  /**
   * A unit, or the root, and all that it lies under.
   * @returns undefined when there is none
   * @throws UnresolvedPlaceError
   */
  unit(id: string): Promise<{ path: readonly PlaceUnit[]; bound?: NameBindings } | undefined>;
}

/**
 * Whether somebody may give an order, as the policy says of where it would take effect. What is not there is refused.
 * @throws UnresolvedPlaceError when it cannot be told now where that is
 */
export async function orderPermission(
  actor: Actor,
  order: Order,
  policy: CompiledPolicy,
  places: OrderPlaces,
): Promise<OrderRuling> {
  const permission = await permissionSomewhere(actor, order, policy, places);
  if (!permission.allowed || !permission.breakGlass || reasonOf(order) !== undefined) return permission;
  return {
    allowed: false,
    wouldAllow: `Break-glass takes a reason, which everybody is told: ${actor.kind === 'slack' ? 'approve the finding by itself, and give one' : 'give one with --reason'}.`,
    needsReason: true,
  };
}

async function permissionSomewhere(
  actor: Actor,
  order: Order,
  policy: CompiledPolicy,
  places: OrderPlaces,
): Promise<OrderRuling> {
  try {
    return mayOrder(actor, rightOf(order), await orderedIn(order, places), policy);
  } catch (error) {
    if (error instanceof UnknownAccountError) {
      const absent = { ordered: absentIn(order), absence: error.message };
      return refusalOfAbsent(actor, rightOf(order), absent, policy);
    }
    if (!(error instanceof UnresolvedPlaceError) || !('finding' in order)) throw error;
    // Who may break the glass may so wherever it is.
    const { accountId, control } = order.finding;
    const nowhere: Ordered = { scope: 'account', place: { accountId, path: [] }, control };
    const permission = mayOrder(actor, rightOf(order), nowhere, policy);
    if (permission.allowed) return permission;
    throw error;
  }
}

/** What an order is about, by its id alone. */
function absentIn(order: Order): Ordered {
  if ('finding' in order) {
    const { accountId, control } = order.finding;
    return { scope: 'account', place: { accountId, path: [] }, control };
  }
  const scope = scopeOf(order);
  return accountIdPattern.test(scope)
    ? { scope: 'account', place: { accountId: scope, path: [] } }
    : { scope: 'unit', path: [{ id: scope }] };
}

/** What an order that is about no finding is for. */
export function scopeOf(order: Exclude<Order, { finding: object }>): string {
  return 'scope' in order ? order.scope : wholeOrganization;
}

/** Why somebody orders it, where the order says so. */
export function reasonOf(order: Order): string | undefined {
  return 'reason' in order ? order.reason : undefined;
}

async function orderedIn(order: Order, places: OrderPlaces): Promise<Ordered> {
  if ('finding' in order) {
    const { accountId, control } = order.finding;
    return { scope: 'account', place: await places.place(accountId), control };
  }
  const scope = scopeOf(order);
  if (scope === wholeOrganization) return { scope: 'organization' };
  if (accountIdPattern.test(scope)) return { scope: 'account', place: await places.place(scope) };
  const unit = await places.unit(scope);
  if (unit) return { scope: 'unit', ...unit };
  throw new UnknownAccountError(`There is no organizational unit ${scope} in the organization.`);
}
