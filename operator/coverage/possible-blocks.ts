import { type PlaceCoverage, placeKey, type WatchedPlace } from '../../ledger/coverage/place-coverage';
import type { PublicBlockFacts } from '../../resources/kit/resource-type';

/** A setting of AWS that is off, and closes nothing of what the last patrol read once it is turned on. */
export interface PossibleBlock extends PublicBlockFacts {
  /** AWS's name of the resource type that it keeps everybody out of. */
  resourceType: string;
}

/** What is known of a resource type: its name, and the setting that it may have. */
interface BlockedType {
  type: string;
  publicBlock?: PublicBlockFacts;
}

/**
 * The settings that could be turned on in a place without closing anything that is open to everybody there, as the last patrols read.
 * What they do not tell of a place is none: a setting of a whole account could be turned on only where every watched Region says so.
 * Pure.
 * @param items of every place
 * @param regions those that the policy watches
 */
export function possibleBlocks(
  { accountId, region }: WatchedPlace,
  items: ReadonlyMap<string, PlaceCoverage>,
  regions: readonly string[],
  types: readonly BlockedType[],
): PossibleBlock[] {
  return types.flatMap(({ type, publicBlock }) => {
    if (publicBlock === undefined) return [];
    const asked = publicBlock.of === 'account' ? regions : [region];
    const isPossible = asked.every((each) => isFree(items.get(placeKey({ accountId, region: each })), type));
    return isPossible ? [{ resourceType: type, ...publicBlock }] : [];
  });
}

/** Whether the last walk of the type was whole, and found the setting off and nothing that it would close. */
function isFree(item: PlaceCoverage | undefined, type: string): boolean {
  const known = item && Object.hasOwn(item.types, type) ? item.types[type] : undefined;
  return known?.problem === undefined && known?.block?.isOn === false && known.block.closes === 0;
}
