import type { Json, JsonObject } from '../../../core/json';
import { isFields, notUnderstood, pathOf, type Where } from '../input';
import type { DocumentRules } from './document-rules';
import type { Comparison, FixedValue, Named } from './fixed-values';

/*
 * When a condition limits a statement: it compares one of some keys with fixed values alone. S3 defines by this what is public, and
 * IAM Access Analyzer reads other policies likewise:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */

/** Operators that ask for a value, and how; dates, numbers and bytes are every stranger's. */
const positive: Readonly<Record<string, Comparison>> = {
  stringequals: 'exact',
  stringequalsignorecase: 'exact',
  stringlike: 'like',
  arnequals: 'arn',
  arnlike: 'arn',
  ipaddress: 'address',
  bool: 'truth',
};

/** Operators that ask for any other value than some, and how. They hold also where the request does not have the key. */
const negated: Readonly<Record<string, Comparison>> = {
  stringnotequals: 'exact',
  stringnotequalsignorecase: 'exact',
  stringnotlike: 'like',
  arnnotequals: 'arn',
  arnnotlike: 'arn',
  notipaddress: 'address',
};

/** What a condition asks of one key; all that a statement asks has to hold at once. */
interface Ask {
  /** The operator without what stands around it, in lower case. */
  operator: string;
  /** In lower case. */
  key: string;
  values: readonly string[];
  /** `ForAnyValue:`, which a request without the key does not fulfil. */
  forAny: boolean;
  /** `…IfExists` or `ForAllValues:`, which a request without the key always fulfils. */
  whereThere: boolean;
}

/**
 * Whether a statement's conditions limit it to fixed values of some keys. All of them must hold at once, so one that does is enough.
 * @param where path of the condition, for errors
 * @param keys in lower case
 * @throws ResourceInputError when the condition is malformed.
 */
export function isLimited(
  condition: Json | undefined,
  where: Where,
  keys: ReadonlyMap<string, FixedValue>,
  rules: DocumentRules,
): boolean {
  const whereThere: string[] = [];
  const demanded = new Set<string>();
  for (const ask of asksOf(condition, where)) {
    const comparison = Object.hasOwn(positive, ask.operator) ? positive[ask.operator] : undefined;
    const limits = comparison !== undefined && isOnlyOf(ask, comparison, keys, rules);
    if (limits && !ask.whereThere) return true;
    if (rules.byTheLetter) continue;
    if (limits) whereThere.push(ask.key);
    if (demandsKey(ask)) demanded.add(ask.key);
  }
  return whereThere.some((key) => demanded.has(key));
}

/**
 * Whether a condition of a Deny holds for every request but those with fixed values of some keys: of all that it asks, each does. A Deny
 * for requests without a key, or with one, is passed by a stranger who has, or has not, got it.
 * @throws ResourceInputError when the condition is malformed.
 */
export function holdsForStrangers(
  condition: Json | undefined,
  where: Where,
  keys: ReadonlyMap<string, FixedValue>,
  rules: DocumentRules,
): boolean {
  for (const ask of asksOf(condition, where)) {
    if (ask.forAny || !holdsOtherwise(ask, keys, rules)) return false;
  }
  return true;
}

function holdsOtherwise(ask: Ask, keys: ReadonlyMap<string, FixedValue>, rules: DocumentRules): boolean {
  // Anonymous requests do not have this key, so that it takes IfExists: only services pass.
  if (ask.operator === 'bool' && ask.key === 'aws:principalisawsservice') {
    return ask.whereThere && ask.values.length > 0 && ask.values.every((value) => value === 'false');
  }
  const comparison = Object.hasOwn(negated, ask.operator) ? negated[ask.operator] : undefined;
  return comparison !== undefined && isOnlyOf(ask, comparison, keys, rules);
}

/** Whether every value of what is asked is fixed, and names whom the rules trust. */
function isOnlyOf(
  { key, values }: Ask,
  comparison: Comparison,
  keys: ReadonlyMap<string, FixedValue>,
  rules: DocumentRules,
): boolean {
  const read = keys.get(key);
  if (read === undefined || values.length === 0) return false;
  return values.every((value) => {
    const named = read(value, comparison);
    return named !== undefined && isTrusted(named, rules);
  });
}

function isTrusted(
  { account, organization }: Named,
  { accountId, trustedAccounts, trustedOrganizations }: DocumentRules,
): boolean {
  if (trustedAccounts.length + trustedOrganizations.length === 0) return true;
  return (
    (account === undefined || account === accountId || trustedAccounts.includes(account)) &&
    (organization === undefined || trustedOrganizations.includes(organization))
  );
}

/**
 * Whether a request without the key does not fulfil it. Negated operators are fulfilled without it:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function demandsKey({ operator, values, forAny, whereThere }: Ask): boolean {
  if (whereThere || values.length === 0) return false;
  if (operator === 'null') return values.every((value) => value === 'false');
  return (
    forAny || (/^(string|arn|ipaddress|bool|numeric|date|binary)/.test(operator) && !operator.includes('not'))
  );
}

function* asksOf(condition: Json | undefined, where: Where): Generator<Ask> {
  if (condition === undefined || condition === null) return;
  const operators = blockOf(condition, where);
  for (const name of Object.keys(operators)) {
    const keys = blockOf(operators[name] ?? null, () => `${pathOf(where)}.${name}`);
    const form = formOf(name);
    for (const key of Object.keys(keys)) {
      const values = valuesOf(keys[key] ?? null, () => `${pathOf(where)}.${name}.${key}`);
      yield { ...form, key: key.toLowerCase(), values };
    }
  }
}

/**
 * `IfExists` and `ForAllValues:` also hold where the request does not have the key at all; `ForAnyValue:` does not:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function formOf(name: string): Pick<Ask, 'operator' | 'forAny' | 'whereThere'> {
  const [, set, operator = '', ifExists] =
    /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/.exec(name.toLowerCase()) ?? [];
  return {
    operator,
    forAny: set === 'foranyvalue:',
    whereThere: set === 'forallvalues:' || ifExists !== undefined,
  };
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
