import type { Plan } from '../../core/plan';
import type { PolicyChange } from '../../resources/kit/policy/changes';
import { closingChanges } from '../../resources/kit/policy/closing';
import { publicStatements } from '../../resources/kit/policy/public-statements';
import type { Queue } from '../../resources/queue/model';

/**
 * What takes everybody from the queue's policy, and nobody else: only public statements are removed, or narrowed to the principals
 * that they name. Identities of the queue's own account keep what their own policies allow.
 * @throws RefusedError when the policy cannot be edited.
 * @throws ResourceInputError when the policy is malformed.
 */
export function plan({ policy }: Queue): Plan<PolicyChange> {
  return { changes: closingChanges(policy, publicStatements(policy)), lossy: false, losses: [] };
}
