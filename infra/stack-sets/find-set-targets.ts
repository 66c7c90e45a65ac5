import type { CompiledPolicy } from '../../config/compiled';
import { isUnitPath } from '../../config/formats';
import type { SavedStructure } from '../../config/saved-structure';
import { structureCommand } from '../../config/structure-file';
import { StructurePlaces } from '../../config/structure-places';
import { isAccountTarget } from '../../config/target';
import { UnresolvedPolicyError } from '../../config/unresolved';
import { type AllTargets, StructureNeededError } from './set-targets';
import { targetsByIds } from './targets-by-ids';
import { targetsByStructure } from './targets-by-structure';

/**
 * Where each stack set deploys to. Pure.
 * @param structure what lies where; without it the policy's ids have to say enough
 * @param keepRemediation ids of watched accounts that keep the role that can write whatever their flags say, so that fixes can be undone
 * @throws StructureNeededError when they do not
 * @throws UnresolvedPolicyError when it cannot be told what the policy means, and more might be deployed than it asks for
 */
export function findSetTargets(
  policy: CompiledPolicy,
  structure: SavedStructure | undefined,
  keepRemediation: readonly string[] = [],
): AllTargets {
  if (!structure) {
    if (keepRemediation.length === 0) return targetsByIds(policy);
    throw new StructureNeededError(
      'keepRemediation',
      'an account is reached through the unit that it lies in',
    );
  }
  try {
    const places = new StructurePlaces(structure);
    checkKnown({ ...policy, keepRemediation }, places);
    return targetsByStructure(policy, places, new Set(keepRemediation));
  } catch (error) {
    if (!(error instanceof UnresolvedPolicyError)) throw error;
    throw new UnresolvedPolicyError(
      `${error.message} If the organization has changed, read it anew: ${structureCommand}`,
      { cause: error },
    );
  }
}

/** What is younger than the structure would be deployed to, or left out, in silence. */
function checkKnown(
  {
    targets = [],
    exclude = [],
    rollout,
    keepRemediation,
  }: CompiledPolicy & { keepRemediation: readonly string[] },
  places: StructurePlaces,
): void {
  const accounts = new Set(places.structure.accounts.map(({ id }) => id));
  const said = { targets, exclude, 'rollout.pilot': rollout?.pilot ?? [], keepRemediation };
  for (const [section, keys] of Object.entries(said)) {
    for (const key of keys) {
      const isKnown = isAccountTarget(key) ? accounts.has(key) : isUnitPath(key) || places.hasUnit(key);
      if (!isKnown)
        throw new UnresolvedPolicyError(`${section}: ${key}: the structure file does not know it.`);
    }
  }
}
