import { compilePolicy } from '../../config/compile';
import type { Organization } from '../../config/organization';
import type { SavedStructure } from '../../config/saved-structure';
import { parseStructure, structureText } from '../../config/structure-file';
import { UnresolvedPolicyError } from '../../config/unresolved';
import { findSetTargets } from '../../infra/stack-sets/find-set-targets';
import { StructureNeededError } from '../../infra/stack-sets/set-targets';
import { changesBetween } from '../../operator/organization/save-structure';

/** What an organization has become since its structure file was written. */
export interface StructureNews {
  /** Accounts and units that came, went or changed, a line each. */
  changes: readonly string[];
  /** Whether something would be deployed elsewhere by what the organization is now. */
  isElsewhere: boolean;
}

/**
 * Compares the structure beside a policy with the organization as it is. Pure.
 * @returns undefined where the file says what is there
 */
export function structureNews(
  organization: Organization,
  saved: SavedStructure,
  live: SavedStructure,
): StructureNews | undefined {
  const changes = changesBetween(saved, live);
  if (changes.length === 0) return undefined;
  const targets = (structure: SavedStructure) => targetsOf(organization, structure);
  return { changes, isElsewhere: targets(saved) !== targets(live) };
}

/** Where everything goes, as text that is the same for the same: the order in which AWS lists is none. */
function targetsOf(organization: Organization, structure: SavedStructure): string {
  const inOrder = parseStructure(structureText(structure), 'the organization');
  try {
    return JSON.stringify(findSetTargets(compilePolicy(organization), inOrder));
  } catch (error) {
    if (error instanceof UnresolvedPolicyError || error instanceof StructureNeededError) return error.message;
    throw error;
  }
}

const mostShown = 10;

/** What has changed, for people. Pure. */
export function structureNewsText({ changes }: StructureNews, file: string): string {
  const more = changes.length - mostShown;
  return [
    `The organization is not what ${file} says:`,
    ...changes.slice(0, mostShown).map((change) => `  - ${change}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}
