import type { CompiledPolicy } from './compiled';

/** The tags that name a resource's owner, the first that is there counts. */
export function ownerTags(_policy: CompiledPolicy): readonly string[] {
  return ['owner', 'Owner'];
}

/** The tags of which people are told. */
export function toldTags(policy: CompiledPolicy): readonly string[] {
  return ownerTags(policy);
}
