import { type CoverageRow, coverageRows } from '../../ledger/coverage/coverage-gaps';
import { type PlaceCoverage, placeKey } from '../../ledger/coverage/place-coverage';
import {
  patrolMilliseconds,
  type TargetPlace,
  targetPlaces,
  type WatchSettings,
} from '../../ledger/coverage/watched-places';
import { wholeOrganization } from '../../ledger/limits/stop';
import type { OrganizationTree } from '../../ledger/organization/organization-tree';
import { namesOf, noNames, type PlaceNames } from '../../ledger/organization/place-names';
import { resourceTypes } from '../../resources/resource-types';
import { OperatorError } from '../errors';
import { deployedPolicy, type PolicyHub } from '../hub/deployed-policy';
import type { Hub } from '../hub/hub';
import { type NamedScope, scopeOf } from '../pause/scope';
import { inScope } from './in-scope';
import { type PossibleBlock, possibleBlocks } from './possible-blocks';

/** Of which places something is asked; all where nothing is named. */
export interface AskedPlaces extends NamedScope {
  /** Only these Regions. */
  regions?: readonly string[];
}

/** How far an account and Region is covered, and what could be blocked there. */
export interface AskedRow extends CoverageRow {
  /** The settings that could be turned on without closing anything; absent where there are none. */
  possibleBlocks?: readonly PossibleBlock[];
}

/** How far what was asked for is covered. */
export interface Coverage {
  rows: AskedRow[];
  /** How often a place is patrolled, in milliseconds. */
  every: number;
  /** What accounts are called. */
  names: PlaceNames;
}

/** The places that were asked for, and what is known of all. */
export interface KnownPlaces {
  places: TargetPlace[];
  items: PlaceCoverage[];
  settings: WatchSettings;
  names: PlaceNames;
}

/** AWS's names of the resource types that a patrol goes through. */
export const patrolledTypes: readonly string[] = Object.keys(resourceTypes);

/**
 * How far the accounts and Regions are covered that the deployed policy has watched.
 * @param expected where the hub should be; undefined when no valid policy says
 * @throws OperatorError when nothing that is asked for is watched, or the hub cannot be asked
 */
export async function askCoverage(
  hub: Hub,
  asked: AskedPlaces,
  expected: PolicyHub | undefined,
  now: Date,
): Promise<Coverage> {
  const { places, items, settings, names } = await knownPlaces(hub, asked, expected);
  const unreachable = await hub.ask('ledger', () => hub.unreachableAccounts.list());
  const every = patrolMilliseconds(settings);
  const rows = coverageRows({ places, resourceTypes: patrolledTypes, items, unreachable, every, now });
  const known = new Map(items.map((item) => [placeKey(item), item]));
  const withBlocks = rows.map((row): AskedRow => {
    const isClosed = row.gaps.some(({ why }) => why === 'closed');
    const blocks = isClosed ? [] : possibleBlocks(row, known, settings.regions, Object.values(resourceTypes));
    return { ...row, ...(blocks.length > 0 && { possibleBlocks: blocks }) };
  });
  return { rows: withBlocks, every, names };
}

/** @throws OperatorError when nothing that is asked for is watched, or the hub cannot be asked */
export async function knownPlaces(
  hub: Hub,
  asked: AskedPlaces,
  expected: PolicyHub | undefined,
): Promise<KnownPlaces> {
  const deployed = await deployedPolicy(hub, expected);
  if ('unknown' in deployed) throw new OperatorError(deployed.unknown);
  const settings: WatchSettings = deployed.policy;
  const tree = await hub.ask('ledger', () => hub.tree());
  const items = await coverageItems(hub);
  const scope = await scopeOf(hub, asked);
  const watched = watchedPlaces(settings, tree, items);
  const places = inScope(watched, tree, { scope, ...(asked.regions && { regions: asked.regions }) });
  if (places.length === 0) throw new OperatorError(nothingWatched(asked, scope, settings));
  return { places, items, settings, names: tree ? namesOf(tree) : noNames };
}

/** What the policy has watched; what the patrol knows of, where the policy or the organization does not tell. */
function watchedPlaces(
  settings: WatchSettings,
  tree: OrganizationTree | undefined,
  items: readonly PlaceCoverage[],
): TargetPlace[] {
  const known = tree && targetPlaces(settings, tree);
  if (known) return known;
  return items.map(({ accountId, region }) => ({
    accountId,
    region,
    ...(tree?.accounts.get(accountId)?.closed && { closed: true }),
  }));
}

/** Every item that can be understood; the host is told of the others. */
export function coverageItems(hub: Hub): Promise<PlaceCoverage[]> {
  return hub.ask('ledger', async () => {
    const items: PlaceCoverage[] = [];
    for await (const item of hub.coverage.list((error) => hub.host.leftOut(error))) items.push(item);
    return items;
  });
}

function nothingWatched({ regions }: AskedPlaces, scope: string, settings: WatchSettings): string {
  const where = scope === wholeOrganization ? 'No account' : `Nothing in ${scope}`;
  const of = regions ? ` in ${regions.join(', ')}` : '';
  return `${where} is watched${of}. The policy's targets say which accounts are, and its Regions are ${settings.regions.join(', ')}.`;
}
