import { ResourceInputError } from '../../../core/errors';
import type { Json, JsonObject } from '../../../core/json';
import { isFields } from '../input';
import { holdsForStrangers } from './conditions';
import type { DocumentRules } from './document-rules';
import { areApart, isWithin } from './patterns';
import { namesFixedOnly } from './principals';

/**
 * Finds out which statements the explicit Denies of a policy take from everybody but fixed principals, accounts, organizations and
 * networks: each action of the statement is denied by one of them or another, on all of its resources. An explicit Deny wins over
 * every Allow: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * A Deny that cannot be understood takes nothing.
 * @returns says it of a statement that allows
 */
export function coveringDenies(
  statements: readonly JsonObject[],
  rules: DocumentRules,
): (allow: JsonObject) => boolean {
  const denies = statements.filter((one) => one.Effect === 'Deny' && isForStrangers(one, rules));
  if (denies.length === 0) return () => false;
  return (allow) => {
    const onSame = denies.filter((deny) => coversResources(deny, allow, rules));
    // Without a list of actions the statement allows all but some.
    const actions = Object.hasOwn(allow, 'Action') ? textsOf(allow.Action) : ['*'];
    return actions?.every((action) => onSame.some((deny) => coversAction(deny, action, rules))) ?? false;
  };
}

/** Whether a Deny of a policy may take from strangers what a statement allows, on whatever resources. */
export function deniesStrangers(statements: readonly JsonObject[], rules: DocumentRules): boolean {
  return statements.some((one) => one.Effect === 'Deny' && isForStrangers(one, rules));
}

/** Whether a Deny meets everybody but fixed principals, or fixed values of the keys that limit. */
function isForStrangers(deny: JsonObject, rules: DocumentRules): boolean {
  const isMet = Object.hasOwn(deny, 'NotPrincipal')
    ? namesFixedOnly(deny.NotPrincipal)
    : namesTheWildcard(deny.Principal);
  if (!isMet) return false;
  try {
    return holdsForStrangers(deny.Condition, 'Condition', rules.keys, rules);
  } catch (error) {
    if (error instanceof ResourceInputError) return false;
    throw error;
  }
}

/**
 * `"*"` and `{"AWS": "*"}`; AWS matches no other text with a wildcard:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function namesTheWildcard(principal: Json | undefined): boolean {
  const named = isFields(principal) ? (principal as JsonObject).AWS : principal;
  return named === '*' || (Array.isArray(named) && named.includes('*'));
}

function coversAction(deny: JsonObject, action: string, { prefix }: DocumentRules): boolean {
  const wanted = action.toLowerCase();
  if (Object.hasOwn(deny, 'NotAction')) {
    return textsOf(deny.NotAction)?.every((one) => areApart(one.toLowerCase(), wanted)) ?? false;
  }
  return (textsOf(deny.Action) ?? []).some((one) => {
    const wider = one.toLowerCase();
    // No other service's action reaches the resource.
    return wider === `${prefix}:*` || isWithin(wanted, wider);
  });
}

function coversResources(deny: JsonObject, allow: JsonObject, { arn }: DocumentRules): boolean {
  if (Object.hasOwn(deny, 'NotResource')) return false;
  // A repository's policy names no resources.
  if (!Object.hasOwn(deny, 'Resource')) return true;
  const denied = textsOf(deny.Resource) ?? [];
  // The policy is that of this one resource.
  if (denied.includes('*') || (arn !== undefined && denied.some((one) => isWithin(arn, one)))) return true;
  const allowed = Object.hasOwn(allow, 'Resource') ? textsOf(allow.Resource) : undefined;
  return allowed?.every((one) => denied.some((wider) => isWithin(one, wider))) ?? false;
}

/** A list of texts, or a single one; undefined where it is neither, or empty. */
function textsOf(value: Json | undefined): string[] | undefined {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((one) => typeof one === 'string') ? value : undefined;
}
