import type { CompiledPolicy } from '../../config/compiled';
import { resolveFlag, UnresolvedFlagError } from '../../config/flag';
import type { Ruling } from './decide';
import { type OrganizationTree, UnresolvedPlaceError } from './organization';

/**
 * What the policy says of an account, from where it lies in the organization now.
 * @returns without a flag, and with the reason, when it cannot be told
 * @throws UnknownAccountError when the account is not in the organization
 */
export async function rulingFor(
  accountId: string,
  policy: CompiledPolicy,
  organization: Pick<OrganizationTree, 'path'>,
): Promise<Ruling> {
  try {
    return resolveFlag(policy, { accountId, path: await organization.path(accountId) });
  } catch (error) {
    if (error instanceof UnresolvedPlaceError || error instanceof UnresolvedFlagError) {
      return { decidedBy: error.message };
    }
    throw error;
  }
}
