import type { CompiledPolicy } from '../../config/compiled';
import type { NameBindings } from '../../config/place';
import { policyDigest } from '../../config/policy-digest';
import { boundNames, seenNames } from '../../decision/name-bindings';
import type { NamesSeen } from '../../decision/names-seen';
import type { OrganizationTree } from '../../ledger/organization/organization-tree';
import type { RememberedNames } from '../../ledger/organization/policy-names';

/** What the names of a policy mean to the hub, whoever bears them now. */
export interface NamesMeant {
  bound: NameBindings;
  /** Where that, and who bears the names now, are not the same. */
  seen: NamesSeen;
}

/**
 * What the names of a policy mean: what they meant when it was deployed; those of a policy that is not deployed, what they will mean
 * once it is. Pure.
 * @param remembered as the ledger has it; undefined where it has nothing yet
 */
export function namesMeant(
  policy: CompiledPolicy,
  tree: OrganizationTree,
  remembered: Pick<RememberedNames, 'bound' | 'digest'> | undefined,
): NamesMeant {
  const { bound: last, digest } = remembered ?? { bound: { accounts: {}, units: {} }, digest: '' };
  const bound = boundNames(last, digest === policyDigest(policy), policy, tree);
  return { bound, seen: seenNames(policy, bound, tree) };
}
