import type { CompiledPolicy } from '../../config/compiled';
import { exemptionFor } from '../../config/exemption';
import { resolve } from '../../config/resolve';
import { UnresolvedPolicyError } from '../../config/unresolved';
import type { FindingIdentity } from '../../contract/finding';
import type { Ruling } from './decide';
import { type OrganizationTree, UnresolvedPlaceError } from './organization';

/**
 * What the policy says of a finding's account, control and resource, from where the account lies in the organization now.
 * @returns without a flag, and with the reason, when it cannot be told; off for a resource that is exempt
 * @throws UnknownAccountError when the account is not in the organization
 */
export async function rulingFor(
  { accountId, control, region, resourceId }: FindingIdentity,
  policy: CompiledPolicy,
  organization: Pick<OrganizationTree, 'path'>,
  now: Date,
): Promise<Ruling> {
  try {
    const ids = await organization.path(accountId);
    const place = { accountId, path: ids.map((id) => ({ id })) };
    const exemption = exemptionFor(policy, place, { controlId: control, region, resourceId }, now);
    if (exemption)
      return { flag: 'off', decidedBy: `an exemption until ${exemption.expires} (${exemption.source})` };
    const { flag, decidedBy } = resolve(policy, place, control);
    return { flag, decidedBy };
  } catch (error) {
    if (error instanceof UnresolvedPlaceError || error instanceof UnresolvedPolicyError) {
      return { decidedBy: error.message };
    }
    throw error;
  }
}
