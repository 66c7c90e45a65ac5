import type { Json, JsonObject } from '../../../core/json';
import { tryParseCidr } from '../addresses';
import { isFields, notUnderstood, pathOf, type Where } from '../input';

/*
 * When a condition makes a statement non-public, from "The meaning of public" of S3's Block Public Access:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * It limits access to fixed values, without wildcard or policy variable, of one of a list of keys.
 */

/** Keys of which a fixed value makes a statement non-public; in small letters, since key names ignore case. */
const restrictingKeys = new Set([
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:userid',
  's3:dataaccesspointaccount',
  // "An AWS principal, user, role, or service principal (e.g. aws:PrincipalOrgID)": the keys that name one.
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalservicename',
]);

/** Operators that ask for a value; negated ones, and those that compare no text, restrict nobody to fixed values. */
const restrictingOperators = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
]);

/** A range broader than this is public, unless it is private. */
const broadest = { ipv4: 8, ipv6: 32 } as const;

/** Unique local addresses, the private ones of IPv6. No private range of IPv4 is broader than /8. */
const privateIpv6 = tryParseCidr('fc00::/7');

/**
 * Whether a statement's conditions limit it to fixed values. All of them must hold at once, so one that does is enough.
 * @param where path of the condition, for errors
 * @throws ResourceInputError when the condition is malformed.
 */
export function isRestricted(condition: Json | undefined, where: Where): boolean {
  if (condition === undefined || condition === null) return false;
  const operators = blockOf(condition, where);
  for (const operator of Object.keys(operators)) {
    const keys = blockOf(operators[operator] ?? null, () => `${pathOf(where)}.${operator}`);
    for (const key of Object.keys(keys)) {
      const values = valuesOf(keys[key] ?? null, () => `${pathOf(where)}.${operator}.${key}`);
      if (restricts(operator.toLowerCase(), key.toLowerCase(), values)) return true;
    }
  }
  return false;
}

/**
 * `IfExists` and `ForAllValues:` also hold where the request does not have the key at all; `ForAnyValue:` does not:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function restricts(operator: string, key: string, values: readonly string[]): boolean {
  const asked = operator.startsWith('foranyvalue:') ? operator.slice('foranyvalue:'.length) : operator;
  if (values.length === 0) return false;
  if (key === 'aws:sourceip') {
    return (asked === 'ipaddress' || restrictingOperators.has(asked)) && values.every(isNarrowRange);
  }
  if (!restrictingOperators.has(asked)) return false;
  if (key === 's3:dataaccesspointarn') return values.every(isFixedAccessPoint);
  return restrictingKeys.has(key) && values.every(isFixed);
}

/** Whether a value holds neither a wildcard nor a policy variable. */
export function isFixed(value: string): boolean {
  return value !== '' && !value.includes('*') && !value.includes('?') && !value.includes('${');
}

/** The name of an access point may be a wildcard as long as its account is fixed. */
function isFixedAccessPoint(arn: string): boolean {
  const name = /^(arn:[^:]+:s3:[^:]*:\d{12}:accesspoint\/)[^/]*$/.exec(arn);
  return name?.[1] === undefined ? isFixed(arn) : isFixed(name[1]) && !arn.includes('${');
}

function isNarrowRange(value: string): boolean {
  const isRange = value.includes('/');
  const range = tryParseCidr(isRange ? value : `${value}/${value.includes(':') ? 128 : 32}`);
  if (range === undefined) return false;
  if (!isRange || Number(value.slice(value.indexOf('/') + 1)) >= broadest[range.family]) return true;
  return (
    range.family === 'ipv6' &&
    privateIpv6 !== undefined &&
    range.first >= privateIpv6.first &&
    range.last <= privateIpv6.last
  );
}

function blockOf(value: Json, where: Where): JsonObject {
  if (!isFields(value)) throw notUnderstood(where, 'an object', value);
  return value;
}

function valuesOf(value: Json, where: Where): string[] {
  return Array.isArray(value) ? value.map((one) => textFor(one, where)) : [textFor(value, where)];
}

function textFor(value: Json, where: Where): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw notUnderstood(where, 'text or a list of texts', value);
}
