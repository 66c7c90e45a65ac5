import type { Json, JsonObject } from '../../../core/json';
import { isFields, notUnderstood } from '../input';
import { isFixed } from './conditions';

/*
 * Forms of a principal:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */

/** Whom a statement names: by kind (`AWS`, `Service`, `CanonicalUser`, `Federated`), and whether it lets in everybody. */
export interface Principals {
  everybody: boolean;
  /** The principals that are not everybody, in the form of the policy; undefined when there are none. */
  named?: JsonObject;
}

/**
 * Reads a statement's principal. `NotPrincipal` in a statement that allows means everybody else.
 * @param where path of the statement, for errors
 * @throws ResourceInputError when the statement has no principal, or a malformed one.
 */
export function principalsOf(statement: JsonObject, where: string): Principals {
  if (Object.hasOwn(statement, 'NotPrincipal')) return { everybody: true };
  const principal = Object.hasOwn(statement, 'Principal') ? statement.Principal : undefined;
  if (typeof principal === 'string') return { everybody: isEverybody(principal, '') };
  if (Array.isArray(principal)) {
    return { everybody: principal.some((one) => isEverybody(textIn(one, `${where}.Principal`), '')) };
  }
  if (!isFields(principal)) throw notUnderstood(`${where}.Principal`, '"*" or an object', principal);
  return byKind(principal, where);
}

function byKind(principal: JsonObject, where: string): Principals {
  const named: [string, Json][] = [];
  let everybody = false;
  for (const [kind, value] of Object.entries(principal)) {
    const values = (Array.isArray(value) ? value : [value]).map((one) =>
      textIn(one, `${where}.Principal.${kind}`),
    );
    const kept = values.filter((one) => !isEverybody(one, kind));
    everybody ||= kept.length < values.length;
    if (kept.length > 0) named.push([kind, Array.isArray(value) ? kept : value]);
  }
  return { everybody, ...(named.length === 0 ? {} : { named: Object.fromEntries(named) }) };
}

/**
 * A principal that is not fixed may be anybody; so may a user of a provider that anybody can sign in to. S3 calls
 * `{"Federated": "graph.facebook.com"}` public; a provider of an account's own has an ARN:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
function isEverybody(principal: string, kind: string): boolean {
  return kind === '*' || !isFixed(principal) || (kind === 'Federated' && !principal.startsWith('arn:'));
}

function textIn(value: Json, where: string): string {
  if (typeof value !== 'string') throw notUnderstood(where, 'text', value);
  return value;
}
