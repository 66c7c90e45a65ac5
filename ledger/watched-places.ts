import type { OrganizationTree } from './organization-tree';
import type { WatchedPlace } from './place-coverage';

/** What of the policy says who is watched, and how often. */
export interface WatchSettings {
  organization: { managementAccount: string };
  regions: readonly string[];
  /** Ids of the organizational units whose accounts are watched, with everything nested in them, or of the root. */
  targets?: readonly string[] | undefined;
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
 * The accounts and Regions that the policy has watched, in the order of their ids. The management account is none of them:
 * service-managed stack sets do not deploy to it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 * @returns undefined where the policy does not tell the targets
 */
export function targetPlaces(settings: WatchSettings, tree: OrganizationTree): TargetPlace[] | undefined {
  const { targets, regions, organization } = settings;
  if (targets === undefined) return undefined;
  const isTarget = targetTest(new Set(targets), tree);
  return [...tree.accounts.values()]
    .filter(({ id, parentId }) => id !== organization.managementAccount && isTarget(parentId))
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .flatMap(({ id, closed }) =>
      [...regions].sort().map((region) => ({ accountId: id, region, ...(closed && { closed }) })),
    );
}

/** Tells whether a unit is a target or nested in one; each unit is asked once. */
function targetTest(
  targets: ReadonlySet<string>,
  { units }: OrganizationTree,
): (unitId: string | undefined) => boolean {
  const known = new Map<string, boolean>();
  const isTarget = (unitId: string | undefined): boolean => {
    if (unitId === undefined) return false;
    const answer = known.get(unitId);
    if (answer !== undefined) return answer;
    // What lies above itself, by an odd tree, is no target by that.
    known.set(unitId, false);
    const target = targets.has(unitId) || isTarget(units.get(unitId)?.parentId);
    known.set(unitId, target);
    return target;
  };
  return isTarget;
}
