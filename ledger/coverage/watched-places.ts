import type { PlaceUnit } from '../../config/place';
import { type Target, watchesManagement } from '../../config/target';
import { watchedTest } from '../../config/watched';
import type { OrganizationTree } from '../organization/organization-tree';
import type { WatchedPlace } from './place-coverage';

/** What of the policy says who is watched, and how often. */
export interface WatchSettings {
  organization: { managementAccount: string };
  regions: readonly string[];
  /** Units, by id or path, with everything nested in them, and accounts, by id, that are watched. */
  targets?: readonly Target[] | undefined;
  /** What of the targets is not. */
  exclude?: readonly Target[] | undefined;
  /** How often every account and Region is patrolled. */
  patrol?: { everyMinutes: number } | undefined;
}

/** As often as the policy says where it says nothing. */
const usualMinutes = 24 * 60;

/** How often every account and Region is patrolled, in milliseconds. */
export function patrolMilliseconds({ patrol }: Pick<WatchSettings, 'patrol'>): number {
  return (patrol?.everyMinutes ?? usualMinutes) * 60_000;
}

/** An account in a Region that the policy has watched. */
export interface TargetPlace extends WatchedPlace {
  /** Nothing runs in the account: it is closed, about to be closed, or suspended. */
  closed?: true;
}

/**
 * The accounts and Regions that the policy has watched, in the order of their ids. The management account is one of them only where
 * the targets name it: service-managed stack sets do not deploy to it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 * @returns undefined where the policy does not tell the targets
 */
export function targetPlaces(settings: WatchSettings, tree: OrganizationTree): TargetPlace[] | undefined {
  const { targets, exclude, regions, organization } = settings;
  if (targets === undefined) return undefined;
  const isWatched = watchedTest({ targets, exclude });
  const chainOf = chainsIn(tree);
  return [...tree.accounts.values()]
    .filter(
      ({ id, parentId }) =>
        (id !== organization.managementAccount || watchesManagement(settings)) &&
        isWatched({ id, chain: chainOf(parentId) }),
    )
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .flatMap(({ id, closed }) =>
      [...regions].sort().map((region) => ({ accountId: id, region, ...(closed && { closed }) })),
    );
}

/** What lies above, the nearest first, as far as the tree leads; each unit is looked up once. */
function chainsIn({ units }: OrganizationTree): (unitId: string) => readonly PlaceUnit[] {
  const known = new Map<string, readonly PlaceUnit[]>();
  const chainOf = (unitId: string): readonly PlaceUnit[] => {
    const chain = known.get(unitId);
    if (chain) return chain;
    // What lies above itself, by an odd tree, has nothing above it.
    known.set(unitId, []);
    const unit = units.get(unitId);
    const found = unit ? [{ id: unitId, name: unit.name }, ...chainOf(unit.parentId)] : [{ id: unitId }];
    known.set(unitId, found);
    return found;
  };
  return chainOf;
}
