import { compilePolicy } from './compile';
import type { Organization } from './organization';
import { coveragePlan, type PlannedCoverage } from './planned-coverage';
import type { SavedStructure } from './saved-structure';
import { StructurePlaces } from './structure-places';

export type { PlannedCoverage, PlannedState } from './planned-coverage';

/**
 * What a policy has deployed into each account of an organization, in the order of the structure's accounts. Pure. Who holds a compiled
 * policy asks `coveragePlan`.
 * @throws UnresolvedPolicyError when the policy's targets, pilot or recorders name a path that means no unit, or several
 */
export function coverageOf(organization: Organization, structure: SavedStructure): PlannedCoverage[] {
  const plan = coveragePlan(compilePolicy(organization), new StructurePlaces(structure));
  return structure.accounts.map((account) => plan.account(account));
}
