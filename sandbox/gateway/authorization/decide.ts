import type { Decision } from '../api';
import { denied } from './denied';
import type { Policy } from './policy';
import type { NamedAs } from './principals';
import { type ControlLevels, refusalByServiceControl } from './service-control';
import { allows, applies, appliesTo, type StatementRequest } from './statement';

/** Everything that decides one request. */
export interface AccessQuestion {
  request: StatementRequest;
  /** The service control policies above the caller's account, level by level; absent where they allow everything, or do not apply. */
  serviceControlPolicies?: ControlLevels | undefined;
  /** The role's policies; `administrator` for a caller who may do everything that its account may. */
  identityPolicies: readonly Policy[] | 'administrator';
  /** Limits the session further; absent when AssumeRole was given none. */
  sessionPolicy?: Policy;
  /** The policy of the resource, or the role's trust policy. */
  resourcePolicy?: Policy;
  /**
   * Whether nothing is allowed without the resource policy, even within the account: so for roles (trust policy) and
   * KMS keys.
   */
  resourcePolicyRequired: boolean;
}

/**
 * Decides a request by AWS's policy evaluation logic: service control policies have to allow it, an explicit deny anywhere wins; within an account the identity's or the
 * resource's policy must allow, across accounts both; a session policy narrows what the identity has.
 *
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 * - Roles and keys: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 *
 * Statements are looked at only as long as they can still matter, so that a condition which the sandbox does not know stops
 * a run only where it would decide.
 *
 * @throws UnsupportedError when a condition that matters is not known to the sandbox.
 */
export function decide(question: AccessQuestion): Decision {
  const { request } = question;
  const controlled =
    question.serviceControlPolicies && refusalByServiceControl(question.serviceControlPolicies, request);
  if (controlled) return controlled;
  const denial = explicitDenial(question);
  if (denial) return denied(request, denial);
  if (request.principal.kind === 'service') {
    return waysAllowed(question.resourcePolicy, request).length > 0
      ? allowed('the resource-based policy allows the service')
      : denied(request, 'because no resource-based policy allows');
  }
  const refusedByOwn = refusalByOwnPolicies(question);
  const sameAccount = request.principal.accountId === request.resourceAccountId;
  if (sameAccount && !question.resourcePolicyRequired && refusedByOwn === undefined) {
    return allowed('an identity-based policy allows');
  }
  const ways = waysAllowed(question.resourcePolicy, request);
  if (ways.length === 0) {
    return denied(
      request,
      sameAccount && refusedByOwn ? refusedByOwn : 'because no resource-based policy allows',
    );
  }
  if (refusedByOwn === undefined)
    return allowed('both an identity-based and the resource-based policy allow');
  if (sameAccount && grantsByItself(ways, question)) return allowed('the resource-based policy allows');
  return denied(request, refusedByOwn);
}

/** Where an explicit deny stands, or undefined. */
function explicitDenial({ request, identityPolicies, sessionPolicy, resourcePolicy }: AccessQuestion) {
  const denies = (policy: Policy | undefined) =>
    policy?.statements.some(
      (statement) => statement.effect === 'Deny' && applies(statement, policy.version, request),
    );
  if (identityPolicies !== 'administrator' && identityPolicies.some(denies)) {
    return 'with an explicit deny in an identity-based policy';
  }
  if (denies(sessionPolicy)) return 'with an explicit deny in a session policy';
  const deniesCaller = resourcePolicy?.statements.some(
    (statement) =>
      statement.effect === 'Deny' && appliesTo(statement, resourcePolicy.version, request).length > 0,
  );
  return deniesCaller ? 'with an explicit deny in a resource-based policy' : undefined;
}

/** Why the caller's own policies do not allow the request; undefined when they do. */
function refusalByOwnPolicies({ request, identityPolicies, sessionPolicy }: AccessQuestion) {
  if (identityPolicies !== 'administrator' && !identityPolicies.some((policy) => allows(policy, request))) {
    return 'because no identity-based policy allows';
  }
  if (sessionPolicy && !allows(sessionPolicy, request)) return 'because no session policy allows';
  return undefined;
}

/** Whether a resource policy of the caller's own account needs no help from the caller's policies. */
function grantsByItself(ways: readonly NamedAs[], { request, sessionPolicy }: AccessQuestion): boolean {
  if (ways.includes('session')) return true;
  if (!ways.includes('role') && !ways.includes('everybody')) return false;
  return sessionPolicy === undefined || allows(sessionPolicy, request);
}

/** Every way in which an Allow of the resource policy names the caller. */
function waysAllowed(policy: Policy | undefined, request: StatementRequest): NamedAs[] {
  if (!policy) return [];
  return policy.statements.flatMap((statement) =>
    statement.effect === 'Allow' ? appliesTo(statement, policy.version, request) : [],
  );
}

function allowed(reason: string): Decision {
  return { allowed: true, reason };
}
