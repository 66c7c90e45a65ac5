import { accountIdPattern } from '../../core/finding';
import type { TargetPlace } from '../../ledger/coverage/watched-places';
import { wholeOrganization } from '../../ledger/limits/stop';
import type { OrganizationTree } from '../../ledger/organization/organization-tree';

/** Which places are meant. */
export interface PlaceScope {
  /** As the stop switch calls it: the whole organization, an account's id, or a unit's. */
  scope: string;
  /** Only these Regions; every one where left out. */
  regions?: readonly string[];
}

/**
 * The places that are meant. Pure.
 * @param tree undefined where it is not known: then no unit has an account
 */
export function inScope(
  places: readonly TargetPlace[],
  tree: OrganizationTree | undefined,
  { scope, regions }: PlaceScope,
): TargetPlace[] {
  const isIn = (accountId: string): boolean => {
    if (scope === wholeOrganization || scope === accountId) return true;
    return !accountIdPattern.test(scope) && liesUnder(tree, accountId, scope);
  };
  return places.filter(
    ({ accountId, region }) => isIn(accountId) && (regions === undefined || regions.includes(region)),
  );
}

function liesUnder(tree: OrganizationTree | undefined, accountId: string, unitId: string): boolean {
  let id = tree?.accounts.get(accountId)?.parentId;
  // A path has no more steps than there are units.
  for (let steps = 0; id !== undefined && steps <= (tree?.units.size ?? 0); steps += 1) {
    if (id === unitId) return true;
    id = tree?.units.get(id)?.parentId;
  }
  return false;
}
