import * as ipaddr from 'ipaddr.js';
import type { RequestContext } from '../../gateway/authorization/context';
import type { Conditions } from '../../gateway/authorization/policy-statement';

/**
 * The keys that say who calls and from where. What they are is not the caller's to choose; everything else in a request is.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const identityKeys = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalservicename',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
] as const;

/** A key that says who calls, or from where; in small letters. */
export type IdentityKey = (typeof identityKeys)[number];

/** The identity key of this name; undefined for a key whose values a caller chooses. */
export function identityKey(name: string): IdentityKey | undefined {
  return identityKeys.find((key) => key === name.toLowerCase());
}

/** One condition on who calls. */
export interface Limit {
  operator: string;
  key: IdentityKey;
  values: readonly string[];
}

/** A condition, and requests that have to fulfil it, all of them. */
export interface Choice {
  conditions: Conditions;
  contexts: readonly RequestContext[];
}

/** What a stranger is, by any key but an address: nobody's account, role, organization or network. */
const own = 'arn:aws:iam::000000000000:role/stranger';

/** The bits of an address within which S3 takes a range for fixed: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
const fixedBits = { ipv4: 8, ipv6: 32 } as const;

/** For each condition what a stranger may try: one of the choices has to hold. */
export function questionsOf(limits: readonly Limit[]): Choice[][] {
  return limits.map((limit) => [
    // He leaves the value out, as a caller without an account or a network of its own does, or is what he is.
    ...[{}, { [limit.key]: own }].map((context) => choice(limit, limit.values, [context])),
    // What is left open in a single value, he fills in.
    ...limit.values.flatMap((value) =>
      fillings(limit.key, value).map((made) => choice(limit, [value], made)),
    ),
  ]);
}

/** @param values with every policy variable open: it is what the caller makes it */
function choice(
  { operator, key }: Limit,
  values: readonly string[],
  contexts: readonly RequestContext[],
): Choice {
  return { conditions: { [operator]: { [key]: values.map(withoutVariables) } }, contexts };
}

function withoutVariables(value: string): string {
  return value.replace(/\$\{[^}]*\}/g, '*');
}

function fillings(key: IdentityKey, value: string): RequestContext[][] {
  const open = withoutVariables(value);
  if (key === 'aws:sourceip' && !/[*?]/.test(open)) return addressesIn(open);
  // Access points of one account are that account's, whatever their names.
  const isOthers = /^arn:[^:*?]+:s3:[^:*?]*:\d{12}:accesspoint\/[^/]*$/.test(open);
  if ((key === 's3:dataaccesspointarn' && isOthers) || (open !== '' && !/[*?]/.test(open))) return [];
  // By an operator that knows no wildcards he can only be called so.
  return [[{ [key]: open.replace(/[*?]/g, 'x') }], [{ [key]: open }]];
}

/** Two addresses so far apart that only a range which S3 takes for everybody holds both; none where both are private. */
function addressesIn(value: string): RequestContext[][] {
  const [text = ''] = value.split('/');
  if (!ipaddr.isValid(text)) return [];
  const first = ipaddr.parse(text);
  const bytes = first.toByteArray();
  const last = fixedBits[first.kind()] / 8 - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  const second = ipaddr.fromByteArray(bytes);
  if ([first, second].every(isPrivate)) return [];
  return [[first, second].map((address) => ({ 'aws:sourceip': address.toString() }))];
}

function isPrivate(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'private' || address.range() === 'uniqueLocal';
}
