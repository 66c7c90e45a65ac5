import { PolicyDocumentError } from './policy-document-error';
import type { Statement } from './policy-statement';

/**
 * Where a policy stands: at an identity, in a session, at a resource, at a role, saying who may take it, at a repository of images,
 * or above accounts, saying what nobody in them may. Each has elements that it must have and elements that it must not have.
 */
export type PolicyKind = 'identity' | 'session' | 'resource' | 'trust' | 'repository' | 'service-control';

/** Whether a policy of this kind is about what it stands at, and names no resource. */
export function isAboutItsPlace(kind: PolicyKind): boolean {
  return kind === 'trust' || kind === 'repository';
}

/**
 * Checks that a statement has what its kind of policy needs, and nothing that it must not have. A statement without
 * `Resource` would otherwise be about everything.
 *
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * - A repository's takes no `Resource`, says `addToResourcePolicy` of the AWS CDK's `Repository`:
 *   https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 *
 * @throws PolicyDocumentError
 */
export function checkKind(statement: Statement, kind: PolicyKind): void {
  const { label, principal, notPrincipal, resource, notResource } = statement;
  const namesPrincipal = principal !== undefined || notPrincipal !== undefined;
  const namesResource = resource !== undefined || notResource !== undefined;
  const needsPrincipal = kind === 'resource' || isAboutItsPlace(kind);
  const needsResource = !isAboutItsPlace(kind);
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
