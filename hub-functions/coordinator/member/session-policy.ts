import type { ControlFacts } from '../../../controls/control';
import type { FindingIdentity } from '../../../core/finding';
import { type Grant, grantsOf } from '../../../core/grants';
import type { RemediationMode } from '../../../core/remediation';
import { factsOf, isResourceId } from '../../../resources/resource-types';

/**
 * The most characters that an inline session policy may have.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const maximumSessionPolicyLength = 2048;

/** Thrown when no session policy can be made that is as narrow as it has to be. Nothing may be changed then. */
export class SessionPolicyError extends Error {
  override readonly name = 'SessionPolicyError';
}

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
  const permissions = mode === 'plan' ? readPermissions : [...readPermissions, ...control.fixPermissions];
  const grants = grantsOf(permissions, {
    resource: arn(accountId, region, resourceId),
    accountId,
    region,
  });
  return policyText(grants, control.id);
}

/**
 * Grants as a session policy.
 * @param of whose policy it is, for people
 * @throws SessionPolicyError when it is longer than AWS takes
 */
export function policyText(grants: readonly Grant[], of: string): string {
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: grants.map(({ actions: Action, resource: Resource, conditions: Condition }) => ({
      Effect: 'Allow',
      Action,
      Resource,
      ...(Condition && { Condition }),
    })),
  });
  if (policy.length <= maximumSessionPolicyLength) return policy;
  throw new SessionPolicyError(
    `The session policy of ${of} has ${policy.length} characters; AWS takes ${maximumSessionPolicyLength}. Name fewer actions.`,
  );
}
