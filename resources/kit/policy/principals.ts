import type { Json, JsonObject } from '../../../core/json';
import { isFields, notUnderstood, pathOf, type Where } from '../input';
import { isFixed } from './fixed-values';

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
export function principalsOf(statement: JsonObject, where: Where): Principals {
  if (Object.hasOwn(statement, 'NotPrincipal')) return { everybody: true };
  const principal = Object.hasOwn(statement, 'Principal') ? statement.Principal : undefined;
  if (typeof principal === 'string') return { everybody: isEverybody(principal, '') };
  if (Array.isArray(principal)) {
    const text = () => `${pathOf(where)}.Principal`;
    return { everybody: principal.some((one) => isEverybody(textIn(one, text), '')) };
  }
  if (!isFields(principal))
    throw notUnderstood(() => `${pathOf(where)}.Principal`, '"*" or an object', principal);
  return byKind(principal, where);
}

/** Whether a principal names somebody, and nobody who may be everybody; false where it cannot be understood. */
export function namesFixedOnly(principal: Json | undefined): boolean {
  const named = isFields(principal)
    ? Object.entries(principal as JsonObject).flatMap(([kind, value]) =>
        [value].flat().map((one) => [kind, one] as const),
      )
    : [principal].flat().map((one) => ['', one] as const);
  return named.length > 0 && named.every(([kind, one]) => typeof one === 'string' && !isEverybody(one, kind));
}

function byKind(principal: JsonObject, where: Where): Principals {
  // A list, since an object that is made anew for each kind takes long where a stranger wrote thousands.
  let named: [string, Json][] | undefined;
  let everybody = false;
  for (const kind in principal) {
    const value = principal[kind] ?? null;
    // An empty list names nobody, and lets nobody in.
    if (Array.isArray(value) && value.length === 0) continue;
    const limited = limitedOf(value, kind, () => `${pathOf(where)}.Principal.${kind}`);
    everybody ||= limited !== value;
    if (limited === undefined) continue;
    named ??= [];
    named.push([kind, limited]);
  }
  return named === undefined ? { everybody } : { everybody, named: Object.fromEntries(named) };
}

/** A kind's principals without those that are everybody: the value itself where none is, undefined where all are. */
function limitedOf(value: Json, kind: string, where: Where): Json | undefined {
  if (!Array.isArray(value)) return isEverybody(textIn(value, where), kind) ? undefined : value;
  const kept = value.filter((one) => !isEverybody(textIn(one, where), kind));
  if (kept.length === value.length) return value;
  return kept.length === 0 ? undefined : kept;
}

/**
 * A principal that is not fixed may be anybody; so may a user of a provider that anybody can sign in to. S3 calls
 * `{"Federated": "graph.facebook.com"}` public; a provider of an account's own has an ARN:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function isEverybody(principal: string, kind: string): boolean {
  return kind === '*' || !isFixed(principal) || (kind === 'Federated' && !principal.startsWith('arn:'));
}

function textIn(value: Json, where: Where): string {
  if (typeof value !== 'string') throw notUnderstood(where, 'text', value);
  return value;
}
