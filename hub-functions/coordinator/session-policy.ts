import type { ControlFacts } from '../../controls/control';
import type { FindingIdentity } from '../../core/finding';
import type { RemediationMode } from '../../core/remediation';
import { isResourceId, resourceTypes } from '../../resources/resource-types';
import { newRuleGrants } from '../../resources/security-group/rule-grants';

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
  if (!isResourceId(control.resourceType, resourceId)) {
    throw new SessionPolicyError(`${JSON.stringify(resourceId)} is no id of a ${control.resourceType}.`);
  }
  const permissions =
    mode === 'plan' ? control.readPermissions : [...control.readPermissions, ...control.fixPermissions];
  const actions = (on: 'resource' | 'any') => [
    ...new Set(
      permissions.filter((permission) => permission.on === on).flatMap((permission) => permission.actions),
    ),
  ];
  const allow = (Action: string[], Resource: string, Condition?: object) =>
    Action.length ? [{ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) }] : [];
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      ...allow(actions('resource'), resourceTypes[control.resourceType].arn(accountId, region, resourceId)),
      ...newRuleGrants(permissions, accountId, region).flatMap((grant) =>
        allow(grant.actions, grant.resource, grant.conditions),
      ),
      ...allow(actions('any'), '*'),
    ],
  });
  if (policy.length > maximumSessionPolicyLength) {
    throw new SessionPolicyError(
      `The session policy of ${control.id} has ${policy.length} characters; AWS takes ${maximumSessionPolicyLength}. Name fewer actions in the control.`,
    );
  }
  return policy;
}
