import type { AccessRequest } from '../api';
import { matchesResource } from './arn-pattern';
import { conditionsHold } from './conditions';
import type { RequestContext } from './context';
import { matchesPattern, tokensOf } from './pattern';
import type { Policy } from './policy';
import type { Statement } from './policy-statement';
import { exemptFromDeny, type NamedAs, waysNamed } from './principals';
import { resolveVariables } from './variables';

/** A request as statements look at it: with every condition key, also those that follow from the principal. */
export interface StatementRequest extends Omit<AccessRequest, 'context'> {
  context: RequestContext;
}

/** Whether a statement of an identity or session policy applies to the request. It names no principal. */
export function applies(
  statement: Statement,
  version: Policy['version'],
  request: StatementRequest,
): boolean {
  return (
    actionMatches(statement, request.action) &&
    resourceMatches(statement, version, request) &&
    conditionsHold(statement.condition, request.context, version)
  );
}

/** Whether a policy allows the request, whatever it denies. */
export function allows(policy: Policy, request: StatementRequest): boolean {
  return policy.statements.some(
    (statement) => statement.effect === 'Allow' && applies(statement, policy.version, request),
  );
}

/**
 * How a statement of a resource policy applies to the request: the ways in which it names the caller, empty when it does
 * not apply.
 */
export function appliesTo(
  statement: Statement,
  version: Policy['version'],
  request: StatementRequest,
): NamedAs[] {
  const ways = waysOf(statement, request);
  return ways.length > 0 && applies(statement, version, request) ? ways : [];
}

function waysOf(statement: Statement, request: StatementRequest): NamedAs[] {
  if (statement.principal) return waysNamed(statement.principal, request.principal);
  if (!statement.notPrincipal) return [];
  const spared =
    statement.effect === 'Deny'
      ? exemptFromDeny(statement.notPrincipal, request.principal)
      : waysNamed(statement.notPrincipal, request.principal).length > 0;
  return spared ? [] : ['everybody'];
}

/** Actions compare without regard to case: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
function actionMatches(statement: Statement, action: string): boolean {
  const matches = (patterns: readonly string[]) =>
    patterns.some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase()));
  if (statement.action) return matches(statement.action);
  return statement.notAction !== undefined && !matches(statement.notAction);
}

function resourceMatches(
  statement: Statement,
  version: Policy['version'],
  request: StatementRequest,
): boolean {
  const matches = (patterns: readonly string[]) =>
    patterns.some((pattern) => {
      const tokens =
        version === '2012-10-17' ? resolveVariables(pattern, request.context) : tokensOf(pattern);
      return tokens !== undefined && matchesResource(request.resource, tokens);
    });
  if (statement.resource) return matches(statement.resource);
  return statement.notResource !== undefined && !matches(statement.notResource);
}
