import { PolicyDocumentError } from './policy-document-error';
import type { Statement } from './policy-statement';

/**
 * Where a policy stands: at an identity, in a session, at a resource, at a role, saying who may take it, or above accounts, saying
 * what nobody in them may. Each has elements that it must have and elements that it must not have.
 */
export type PolicyKind = 'identity' | 'session' | 'resource' | 'trust' | 'service-control';

/**
 * Checks that a statement has what its kind of policy needs, and nothing that it must not have. A statement without
 * `Resource` would otherwise be about everything.
 *
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 *
 * @throws PolicyDocumentError
 */
export function checkKind(statement: Statement, kind: PolicyKind): void {
  const { label, principal, notPrincipal, resource, notResource } = statement;
  const namesPrincipal = principal !== undefined || notPrincipal !== undefined;
  const namesResource = resource !== undefined || notResource !== undefined;
  const needsPrincipal = kind === 'resource' || kind === 'trust';
  const needsResource = kind !== 'trust';
  if (needsPrincipal && !namesPrincipal) {
    throw new PolicyDocumentError(`Missing required field Principal in ${label}.`);
  }
  if (!needsPrincipal && namesPrincipal) {
    throw new PolicyDocumentError(`Policy document should not specify a principal: ${label} does.`);
  }
  if (needsResource && !namesResource) {
    throw new PolicyDocumentError(`Policy statement must contain resources: ${label} has none.`);
  }
  if (!needsResource && namesResource) {
    throw new PolicyDocumentError(`Has prohibited field Resource: ${label}.`);
  }
}
