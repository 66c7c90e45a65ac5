import type { CompiledPolicy } from '../../config/compiled';
import type { SavedStructure } from '../../config/saved-structure';
import { StructurePlaces } from '../../config/structure-places';
import type { AllTargets } from './set-targets';
import { targetsByIds } from './targets-by-ids';
import { targetsByStructure } from './targets-by-structure';

/**
 * Where each stack set deploys to. Pure.
 * @param structure what lies where; without it the policy's ids have to say enough
 * @throws StructureNeededError when they do not
 * @throws UnresolvedPolicyError when it cannot be told what the policy means, and more might be deployed than it asks for
 */
export function findSetTargets(policy: CompiledPolicy, structure: SavedStructure | undefined): AllTargets {
  return structure ? targetsByStructure(policy, new StructurePlaces(structure)) : targetsByIds(policy);
}
