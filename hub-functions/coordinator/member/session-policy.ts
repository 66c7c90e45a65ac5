import type { ControlFacts } from '../../../controls/control';
import { permissionsToFix } from '../../../controls/permissions-to-fix';
import type { FindingIdentity } from '../../../core/finding';
import { grantsOf } from '../../../core/grants';
import type { RemediationMode } from '../../../core/remediation';
import { factsOf, isResourceId } from '../../../resources/resource-types';
import { policyText, SessionPolicyError } from '../../member-session/policy-text';

/**
 * The session policy for one finding: the control's actions only, on the one resource where AWS can name it. What a
 * session may do is the intersection of this and the role's own policy:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 * @param mode `plan` allows reading; `apply` and `undo` allow fixing too
 * @throws SessionPolicyError when the resource's id could widen the policy, or the policy is too long
 */
export function sessionPolicy(
  control: ControlFacts,
  identity: FindingIdentity,
  mode: RemediationMode,
): string {
  const { accountId, region, resourceId } = identity;
  if (!isResourceId(control.resourceType, resourceId, identity)) {
    throw new SessionPolicyError(`${JSON.stringify(resourceId)} is no id of a ${control.resourceType}.`);
  }
  const { arn, readPermissions } = factsOf(control.resourceType);
  const permissions = mode === 'plan' ? readPermissions : permissionsToFix(control);
  const grants = grantsOf(permissions, {
    resource: arn(accountId, region, resourceId),
    accountId,
    region,
  });
  return policyText(grants, control.id);
}
