import type { Part } from '../trace';
import { policyActions, policyAfter, policyChangesIn, takenStatements } from './changes';
import { meaningOf, samePolicy } from './meaning';
import type { ResourcePolicy } from './resource-policy';

/**
 * The policy of a resource, as a part of it that one write replaces as a whole; undefined where there is none.
 * @param of finds it in a saved state
 */
export function policyPartOf<Saved>(
  of: (saved: Saved) => ResourcePolicy | undefined,
): Part<Saved, ResourcePolicy | undefined> {
  return {
    actions: policyActions,
    of,
    after: (saved, changes) => policyAfter(of(saved), changes),
    same: samePolicy,
    isUntaken(policy, changes) {
      const there = new Set(policy?.statements.map(meaningOf));
      return policyChangesIn(changes).every((change) =>
        takenStatements(change).every((one) => there.has(meaningOf(one))),
      );
    },
    fuller: (_one, other) => other,
  };
}
