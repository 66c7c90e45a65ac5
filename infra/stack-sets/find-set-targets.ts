import type { CompiledPolicy } from '../../config/compiled';
import type { SavedStructure } from '../../config/saved-structure';
import { StructurePlaces } from '../../config/structure-places';
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
  if (structure) return targetsByStructure(policy, new StructurePlaces(structure), new Set(keepRemediation));
  if (keepRemediation.length === 0) return targetsByIds(policy);
  throw new StructureNeededError('keepRemediation', 'an account is reached through the unit that it lies in');
}
