import { type AddressRange, internetSize, sizeOfPrefix, tryParseCidr } from '../addresses';

/**
 * How a condition compares a key with its values: exactly, with wildcards, ARN by ARN with wildcards, as addresses, or as true and false.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export type Comparison = 'exact' | 'like' | 'arn' | 'address' | 'truth';

/** Whom a fixed value names; neither where it names a network, for example. */
export interface Named {
  account?: string;
  organization?: string;
}

/** What a value of a condition key names; undefined where it is not fixed, so that a stranger's request may have such a value. */
export type FixedValue = (value: string, comparison: Comparison) => Named | undefined;

const nobodyInParticular: Named = {};

/** Whether a value holds neither a wildcard nor a policy variable. */
export function isFixed(value: string): boolean {
  return value !== '' && !value.includes('*') && !value.includes('?') && !value.includes('${');
}

/**
 * The value without the variables that stand for the characters `*`, `?` and `$` themselves:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function withoutLiterals(value: string): string {
  return value.includes('${') ? value.replace(/\$\{[*?$]\}/g, '_') : value;
}

/** The same, where a variable that stands for a character is that character. */
function isFixedText(value: string): boolean {
  return isFixed(value) || (value.includes('${') && isFixed(withoutLiterals(value)));
}

/** Whether a value holds a policy variable that stands for something of the request. */
export function hasVariable(value: string): boolean {
  return withoutLiterals(value).includes('${');
}

const comparesText = (comparison: Comparison) => comparison !== 'address' && comparison !== 'truth';

/** Any fixed text, of which nobody knows an account: a VPC, for example. */
export const fixedText: FixedValue = (value, comparison) =>
  comparesText(comparison) && isFixedText(value) ? nobodyInParticular : undefined;

/**
 * The id of an account. The variable that stands for the resource's own one is the same for every request:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
 */
export const fixedAccount: FixedValue = (value, comparison) =>
  isOwn(value, comparison, 'aws:resourceaccount')
    ? nobodyInParticular
    : fixedText(value, comparison) && { account: value };

/**
 * The id of an organization, or the variable for that of the resource, which no list of trusted ones has.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid
 */
export const fixedOrganization: FixedValue = (value, comparison) =>
  isOwn(value, comparison, 'aws:resourceorgid')
    ? { organization: value }
    : fixedText(value, comparison) && { organization: value };

/** Whether a value is the variable for something of the resource; in policies without variables it is text that no request has. */
function isOwn(value: string, comparison: Comparison, key: string): boolean {
  return comparesText(comparison) && value.startsWith('${') && value.toLowerCase() === `\${${key}}`;
}

/**
 * A path in an organization, which begins with its id; what follows may hold wildcards, as in `o-exampleorgid/r-ab12/ou-ab12-11111111/*`:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
 */
export const fixedOrganizationPath: FixedValue = (value, comparison) => {
  const organization = /^(o-[a-z0-9]+)\//.exec(value)?.[1];
  return organization !== undefined && comparesText(comparison)
    ? { organization }
    : fixedOrganization(value, comparison);
};

/**
 * A bucket of any account: its name is nobody else's, and no other ARN of S3 ends in a name alone. Its real ARN has no account:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html
 * AWS's guide lets buckets notify topics and queues by such values, as `arn:aws:s3:*:*:amzn-s3-demo-bucket`:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 */
const bucketAnywhere = /^arn:[^:]+:s3:\*?:\*?:[a-z0-9][a-z0-9.-]+$/;

/**
 * An ARN. Beside a fixed account, other parts may hold wildcards: operators for ARNs compare each of the six parts by itself. Those for
 * text let `*` reach over colons, so that wildcards may stand after the account alone:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 * AWS itself writes such values, as `arn:aws:cloudwatch:us-east-2:111122223333:alarm:*`:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export const fixedArn: FixedValue = (value, comparison) => {
  if (!comparesText(comparison)) return undefined;
  const at = accountAt(value);
  const account = at === -1 ? undefined : value.slice(at, at + accountLength);
  if (isFixedText(value)) return account === undefined ? nobodyInParticular : { account };
  if (comparison === 'arn' && bucketAnywhere.test(value)) return nobodyInParticular;
  if (account === undefined) return undefined;
  const before = value.slice(0, at - 1);
  const isBound =
    comparison === 'arn' ? before.startsWith('arn:') && !before.includes('${') : isFixed(before);
  return isBound ? { account } : undefined;
};

const accountLength = 12;

/** Where the fifth part of an ARN begins, if that is the id of an account; else -1. */
function accountAt(value: string): number {
  let at = -1;
  for (let colons = 0; colons < 4; colons++) {
    at = value.indexOf(':', at + 1);
    if (at === -1) return -1;
  }
  const end = at + 1 + accountLength;
  for (let index = at + 1; index < end; index++) {
    const digit = value.charCodeAt(index) - zero;
    if (!(digit >= 0 && digit <= 9)) return -1;
  }
  return end === value.length || value[end] === ':' ? at + 1 : -1;
}

const zero = 0x30;

/**
 * The unique id of a caller; that of a role is followed by the name of its session, which may be any, since AWS gives no id twice:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export const fixedCaller: FixedValue = (value, comparison) =>
  comparesText(comparison) && isFixed(value.replace(/^(AROA[A-Z0-9]{12,}:)\*$/, '$1'))
    ? nobodyInParticular
    : undefined;

/** What is true; of keys that are true of AWS's services alone. */
export const fixedTruth: FixedValue = (value) =>
  value.toLowerCase() === 'true' ? nobodyInParticular : undefined;

/** A range broader than this is public, unless it is private. */
const broadest = { ipv4: 8, ipv6: 32 } as const;

/** Unique local addresses, the private ones of IPv6. No private range of IPv4 is broader than /8. */
const privateIpv6 = tryParseCidr('fc00::/7');

/** Every address of IPv4, as IPv6 writes it: https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2 */
const mappedIpv4 = { range: tryParseCidr('::ffff:0:0/96'), prefix: 96 } as const;

/**
 * A network that is not very broad, as S3 says it of public policies; for text operators, too:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export const narrowByTheLetter: FixedValue = (value, comparison) =>
  comparison !== 'truth' && isNarrow(rangeIn(value)) ? nobodyInParticular : undefined;

/** The same, of whatever form: IPv6 writes IPv4 as well. */
export const narrowNetwork: FixedValue = (value, comparison) =>
  comparison !== 'truth' && isNarrowInAnyForm(rangeIn(value)) ? nobodyInParticular : undefined;

/**
 * Whether narrow networks of one list are so together, too: no more of the internet than the broadest single one may be. S3 says nothing of
 * lists, in which the whole internet has room.
 */
export function areNarrowTogether(values: readonly string[]): boolean {
  const ranges = values.flatMap((value) => rangeIn(value) ?? []);
  return (['ipv4', 'ipv6'] as const).every(
    (family) => internetSize(ranges, family) <= sizeOfPrefix(family, broadest[family]),
  );
}

function rangeIn(value: string): AddressRange | undefined {
  return tryParseCidr(value.includes('/') ? value : `${value}/${value.includes(':') ? 128 : 32}`);
}

function isNarrow(range: AddressRange | undefined): boolean {
  if (range === undefined) return false;
  return isWithin(range, privateIpv6) || range.prefix >= broadest[range.family];
}

function isNarrowInAnyForm(range: AddressRange | undefined): boolean {
  const { range: mapped, prefix } = mappedIpv4;
  if (range === undefined || mapped === undefined || range.family === 'ipv4') return isNarrow(range);
  if (isWithin(range, mapped)) return range.prefix - prefix >= broadest.ipv4;
  return isNarrow(range) && !isWithin(mapped, range);
}

function isWithin(one: AddressRange, other: AddressRange | undefined): boolean {
  return other?.family === one.family && one.first >= other.first && one.last <= other.last;
}
