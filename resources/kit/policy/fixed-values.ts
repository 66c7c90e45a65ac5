import { tryParseCidr } from '../addresses';

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

const comparesText = (comparison: Comparison) => comparison !== 'address' && comparison !== 'truth';

/** Any fixed text, of which nobody knows an account: a VPC, for example. */
export const fixedText: FixedValue = (value, comparison) =>
  comparesText(comparison) && isFixed(withoutLiterals(value)) ? nobodyInParticular : undefined;

/** The id of an account. */
export const fixedAccount: FixedValue = (value, comparison) =>
  fixedText(value, comparison) && { account: value };

/** The id of an organization. */
export const fixedOrganization: FixedValue = (value, comparison) =>
  fixedText(value, comparison) && { organization: value };

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
 * An ARN. Beside a fixed account, other parts may hold wildcards: operators for ARNs compare each of the six parts by itself. Those for
 * text let `*` reach over colons, so that wildcards may stand after the account alone:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 * AWS itself writes such values, as `arn:aws:cloudwatch:us-east-2:111122223333:alarm:*`:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export const fixedArn: FixedValue = (value, comparison) => {
  if (!comparesText(comparison)) return undefined;
  const parts = value.split(':');
  const account = parts[4] !== undefined && /^\d{12}$/.test(parts[4]) ? parts[4] : undefined;
  if (isFixed(withoutLiterals(value))) return account === undefined ? nobodyInParticular : { account };
  const before = parts.slice(0, 4).join(':');
  const isBound = comparison === 'arn' ? parts[0] === 'arn' && !before.includes('${') : isFixed(before);
  return account !== undefined && isBound ? { account } : undefined;
};

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

/**
 * A network that is not very broad, as S3 says it of public policies; for text operators, too:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export const narrowNetwork: FixedValue = (value, comparison) =>
  comparison !== 'truth' && isNarrowRange(value) ? nobodyInParticular : undefined;

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
