import type { DeputyCount } from '../../core/deputy-count';
import { type PlaceCoverage, placeKey, type WatchedPlace } from '../../ledger/coverage/place-coverage';
import type { OrganizationTree } from '../../ledger/organization/organization-tree';

/** What a control reports beside findings of an account in a Region: policies that let in a service, whosever request it acts on. */
export interface ReportedDeputies extends WatchedPlace, DeputyCount {}

/**
 * What the patrol reports beside findings, by account, Region and control. Pure.
 * @param tree accounts that it does not hold, or that are closed, are left out; undefined where it is not known
 */
export function reportedDeputies(
  items: readonly PlaceCoverage[],
  tree: OrganizationTree | undefined,
): ReportedDeputies[] {
  return items
    .filter(({ accountId }) => {
      const account = tree?.accounts.get(accountId);
      return tree === undefined || (account !== undefined && !account.closed);
    })
    .sort((one, other) => (placeKey(one) < placeKey(other) ? -1 : 1))
    .flatMap(({ accountId, region, types }) =>
      Object.keys(types)
        .sort()
        .flatMap((type) => types[type]?.deputies ?? [])
        .map((count) => ({ accountId, region, ...count })),
    );
}
