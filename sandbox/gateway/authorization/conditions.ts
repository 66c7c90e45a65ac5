import * as ipaddr from 'ipaddr.js';
import { UnsupportedError } from '../../failures';
import { matchesArn } from './arn-pattern';
import { type RequestContext, valuesOf } from './context';
import { matchesTokens, type PatternToken, tokensOf } from './pattern';
import type { Policy } from './policy';
import type { Conditions } from './policy-statement';
import { resolveVariables, textOf } from './variables';

/** Compares one value of the request with one value of the policy. */
type Comparison = (actual: string, wanted: readonly PatternToken[]) => boolean;

/**
 * The comparisons behind the operators. A negated operator holds when none of its values matches.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const comparisons: Readonly<Record<string, { negated: boolean; compare: Comparison }>> = {
  ...withNegation('StringEquals', 'StringNotEquals', (actual, wanted) => actual === textOf(wanted)),
  ...withNegation('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', sameIgnoringCase),
  ...withNegation('StringLike', 'StringNotLike', (actual, wanted) => matchesTokens(wanted, actual)),
  ...withNegation('ArnEquals', 'ArnNotEquals', matchesArn),
  ...withNegation('ArnLike', 'ArnNotLike', matchesArn),
  ...withNegation('IpAddress', 'NotIpAddress', inRange),
  ...withNegation(
    'NumericEquals',
    'NumericNotEquals',
    numeric((actual, wanted) => actual === wanted),
  ),
  NumericLessThan: { negated: false, compare: numeric((actual, wanted) => actual < wanted) },
  NumericLessThanEquals: { negated: false, compare: numeric((actual, wanted) => actual <= wanted) },
  NumericGreaterThan: { negated: false, compare: numeric((actual, wanted) => actual > wanted) },
  NumericGreaterThanEquals: { negated: false, compare: numeric((actual, wanted) => actual >= wanted) },
  ...withNegation(
    'DateEquals',
    'DateNotEquals',
    dated((actual, wanted) => actual === wanted),
  ),
  DateLessThan: { negated: false, compare: dated((actual, wanted) => actual < wanted) },
  DateLessThanEquals: { negated: false, compare: dated((actual, wanted) => actual <= wanted) },
  DateGreaterThan: { negated: false, compare: dated((actual, wanted) => actual > wanted) },
  DateGreaterThanEquals: { negated: false, compare: dated((actual, wanted) => actual >= wanted) },
  Bool: { negated: false, compare: sameIgnoringCase },
};

/**
 * Whether every condition of a statement holds. All operators and all keys must hold; of a key's values one suffices.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 *
 * @throws UnsupportedError for an operator or a condition key that the sandbox does not know.
 */
export function conditionsHold(
  conditions: Conditions,
  context: RequestContext,
  version: Policy['version'],
): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => conditionHolds(operator, key, values, context, version)),
  );
}

function conditionHolds(
  operator: string,
  key: string,
  values: readonly string[],
  context: RequestContext,
  version: Policy['version'],
): boolean {
  const actual = valuesOf(context, key);
  // A key without any value counts as absent.
  const absent = actual === undefined || actual.length === 0;
  if (operator === 'Null') return values.some((value) => (value.toLowerCase() === 'true') === absent);

  const { quantifier, name, ifExists } = partsOf(operator);
  const comparison = Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
  if (!comparison) {
    throw new UnsupportedError(
      `A policy uses the condition operator ${operator}, which the sandbox does not know.`,
    );
  }
  if (absent) {
    return ifExists || quantifier === 'ForAllValues' || (comparison.negated && quantifier === undefined);
  }
  const wanted = values
    .map((value) => tokensFor(value, context, version))
    .filter((tokens) => tokens !== undefined);
  const holds = (one: string) =>
    wanted.some((tokens) => comparison.compare(one, tokens)) !== comparison.negated;
  return quantifier === 'ForAllValues' || (comparison.negated && quantifier === undefined)
    ? actual.every(holds)
    : actual.some(holds);
}

/** `ForAnyValue:StringEqualsIfExists` in its parts. */
function partsOf(operator: string): { quantifier?: string; name: string; ifExists: boolean } {
  const [, quantifier, name = operator, suffix] =
    /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  return { ...(quantifier && { quantifier }), name, ifExists: suffix !== undefined };
}

function tokensFor(
  value: string,
  context: RequestContext,
  version: Policy['version'],
): PatternToken[] | undefined {
  return version === '2012-10-17' ? resolveVariables(value, context) : tokensOf(value);
}

function withNegation(
  name: string,
  negatedName: string,
  compare: Comparison,
): Record<string, { negated: boolean; compare: Comparison }> {
  return { [name]: { negated: false, compare }, [negatedName]: { negated: true, compare } };
}

function sameIgnoringCase(actual: string, wanted: readonly PatternToken[]): boolean {
  return actual.toLowerCase() === textOf(wanted).toLowerCase();
}

function inRange(actual: string, wanted: readonly PatternToken[]): boolean {
  const text = textOf(wanted);
  if (!ipaddr.isValid(actual)) return false;
  const address = ipaddr.parse(actual);
  const range = text.includes('/') ? text : `${text}/${address.kind() === 'ipv4' ? 32 : 128}`;
  if (!ipaddr.isValidCIDR(range)) return false;
  const [network, bits] = ipaddr.parseCIDR(range);
  return network.kind() === address.kind() && address.match(network, bits);
}

function numeric(compare: (actual: number, wanted: number) => boolean): Comparison {
  return (actual, wanted) => {
    const [left, right] = [Number(actual), Number(textOf(wanted))];
    return !Number.isNaN(left) && !Number.isNaN(right) && compare(left, right);
  };
}

/** Dates are ISO 8601, or seconds since the epoch. */
function dated(compare: (actual: number, wanted: number) => boolean): Comparison {
  const timeOf = (text: string) => (/^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text));
  return (actual, wanted) => {
    const [left, right] = [timeOf(actual), timeOf(textOf(wanted))];
    return !Number.isNaN(left) && !Number.isNaN(right) && compare(left, right);
  };
}
