import type { CompiledPolicy } from './compiled';
import { isUnitPath } from './formats';
import { type RecorderMode, usualRecorder } from './recorder';
import type { StructurePlaces } from './structure-places';
import { UnresolvedPolicyError } from './unresolved';

/** What of a policy says who is deployed to, and with what. */
export type PlacementSettings = Pick<CompiledPolicy, 'targets' | 'exclude' | 'recorder' | 'rollout'>;

/** What the placement says of a place: of an account, or of one that joins a unit. */
export interface Placement {
  isTarget: boolean;
  isExcluded: boolean;
  isPilot: boolean;
  recorder: RecorderMode;
}

/** Ids of units and accounts in place of what the policy names. */
export interface NamedPlaces {
  /** @param ids of the account, where there is one, and of what lies above it, the nearest first */
  of(ids: readonly string[]): Placement;
}

/**
 * Resolves the paths of a policy's placement by a structure.
 * @throws UnresolvedPolicyError when a path means no unit, or several; the message names the key
 */
export function namedPlaces(settings: PlacementSettings, places: StructurePlaces): NamedPlaces {
  const idsOf = (section: string, keys: readonly string[] = []) =>
    new Set(keys.map((key) => unitAt(`${section}: ${key}`, key, places)));
  const targets = idsOf('targets', settings.targets);
  const excluded = idsOf('exclude', settings.exclude);
  const pilot = idsOf('rollout.pilot', settings.rollout?.pilot);
  const { default: fallback, organizationalUnits, accounts } = settings.recorder ?? usualRecorder;
  const modes = new Map<string, RecorderMode>(Object.entries(accounts));
  for (const [key, mode] of Object.entries(organizationalUnits)) {
    const where = `recorder.organizationalUnits.${key}`;
    const id = unitAt(where, key, places);
    if (modes.has(id)) {
      throw new UnresolvedPolicyError(`${where}: another key names this unit as well; remove one.`);
    }
    modes.set(id, mode);
  }
  return {
    of: (ids) => {
      const decides = ids.find((id) => modes.has(id));
      return {
        isTarget: ids.some((id) => targets.has(id)),
        isExcluded: ids.some((id) => excluded.has(id)),
        isPilot: ids.some((id) => pilot.has(id)),
        recorder: (decides === undefined ? undefined : modes.get(decides)) ?? fallback,
      };
    },
  };
}

function unitAt(where: string, key: string, places: StructurePlaces): string {
  if (!isUnitPath(key)) return key;
  const [id, ...others] = places.unitsAt(key);
  if (id === undefined) {
    throw new UnresolvedPolicyError(`${where}: no organizational unit has this path.`);
  }
  if (others.length === 0) return id;
  throw new UnresolvedPolicyError(
    `${where}: this path means ${others.length + 1} units; write the one that is meant by its id (${[id, ...others].join(', ')}).`,
  );
}
