import type { CompiledPolicy } from '../../config/compiled';
import type { AccountPlace } from '../../config/place';
import { UnresolvedPolicyError } from '../../config/unresolved';
import { covers, locateOrder } from '../../decision/people-places';
import type { OrganizationStructure } from '../organization/structure';
import { listed } from '../text/listed';
import { mayWait } from '../validate/approval-warning';
import { type AccountPlan, flagOf, type Policies, placeBy } from './policy-plan';

/**
 * Warns, in one line, of the accounts in which fixes may wait for an approval that nobody may give. Pure.
 * @param accounts of the plan of these policies
 * @returns undefined where somebody may everywhere, or nothing waits
 */
export function nobodyApproves(
  { next, names }: Pick<Policies, 'next' | 'names'>,
  structure: OrganizationStructure,
  accounts: readonly AccountPlan[],
): string | undefined {
  const alone = accounts.flatMap(({ account, watched, controls }) => {
    if (!watched) return [];
    const place = placeBy(names?.next, structure, account);
    const without = controls.filter(
      (plan) => mayWait(next, flagOf(plan.next)) && !mayBeApproved(next, place, plan.control),
    );
    if (without.length === 0) return [];
    const of =
      without.length === controls.length ? '' : ` (${without.map(({ control }) => control).join(', ')})`;
    return [`${account.id} ${account.name}${of}`];
  });
  if (alone.length === 0) return undefined;
  return `Warning: fixes may wait for an approval that nobody may give in ${listed(alone)}. Name somebody in people, with approve in may.`;
}

/** What cannot be told of an account is told elsewhere. */
function mayBeApproved(policy: CompiledPolicy, place: AccountPlace, control: string): boolean {
  const approving = (policy.people?.entries ?? []).filter(({ may }) => may.includes('approve'));
  try {
    const located = locateOrder(policy, 'approve', { scope: 'account', place, control });
    return approving.some((entry) => covers(entry, located));
  } catch (error) {
    if (error instanceof UnresolvedPolicyError) return true;
    throw error;
  }
}
