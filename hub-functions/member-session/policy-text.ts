import type { Grant } from '../../core/grants';

/**
 * The most characters that an inline session policy may have.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const maximumSessionPolicyLength = 2048;

/** Thrown when no session policy can be made that is as narrow as it has to be. Nothing may be changed then. */
export class SessionPolicyError extends Error {
  override readonly name = 'SessionPolicyError';
}

/** A grant on one resource, or on several. */
type GrantedOn = Pick<Grant, 'actions' | 'conditions'> & { resource: string | readonly string[] };

/**
 * Grants as a session policy.
 * @param of whose policy it is, for people
 * @throws SessionPolicyError when it is longer than AWS takes
 */
export function policyText(grants: readonly GrantedOn[], of: string): string {
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
