import type { Json, JsonObject } from '../../../core/json';
import { isFields, notUnderstood, pathOf, type Where } from '../input';
import type { DocumentRules } from './document-rules';
import {
  areNarrowTogether,
  type Comparison,
  type FixedValue,
  hasVariable,
  type Named,
  narrowNetwork,
} from './fixed-values';

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

/** How many names are remembered. */
const mostRemembered = 200;

/** What an operator asks. */
interface Form {
  /** The operator without what stands around it, in lower case. */
  operator: string;
  /** How it compares what it asks for; undefined where it asks for nothing fixed. */
  comparison: Comparison | undefined;
  /** How it compares what it excludes; undefined where it excludes nothing. */
  excludes: Comparison | undefined;
  /** `ForAnyValue:`, which a request without the key does not fulfil. */
  forAny: boolean;
  /** `…IfExists` or `ForAllValues:`, which a request without the key always fulfils. */
  whereThere: boolean;
}

/** What a condition asks of one key; all that a statement asks has to hold at once. */
interface Ask {
  form: Form;
  /** In lower case. */
  key: string;
  values: readonly string[];
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
  let whereThere: string[] | undefined;
  const isWithFixed = someAsk(condition, where, (ask) => {
    const { comparison } = ask.form;
    if (comparison === undefined || !isOnlyOf(ask, comparison, keys, rules)) return false;
    if (ask.form.whereThere) whereThere = [...(whereThere ?? []), ask.key];
    return !ask.form.whereThere;
  });
  if (isWithFixed || whereThere === undefined || rules.byTheLetter) return isWithFixed;
  const mayBeAbsent = whereThere;
  return someAsk(condition, where, (ask) => mayBeAbsent.includes(ask.key) && demandsKey(ask));
}

/**
 * Whether a condition of a Deny holds for every request but those with fixed values of some keys: of all that it asks, each does. A Deny
 * for requests without a key, or with one, is passed by a stranger who has, or has not, got it. So is one with a policy variable for
 * whose request the variable has no value: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 * @throws ResourceInputError when the condition is malformed.
 */
export function holdsForStrangers(
  condition: Json | undefined,
  where: Where,
  keys: ReadonlyMap<string, FixedValue>,
  rules: DocumentRules,
): boolean {
  return !someAsk(condition, where, (ask) => ask.form.forAny || !holdsOtherwise(ask, keys, rules));
}

function holdsOtherwise(ask: Ask, keys: ReadonlyMap<string, FixedValue>, rules: DocumentRules): boolean {
  // Anonymous requests do not have this key, so that it takes IfExists: only services pass.
  const { operator, excludes, whereThere } = ask.form;
  if (operator === 'bool' && ask.key === 'aws:principalisawsservice' && keys.has(ask.key)) {
    return whereThere && ask.values.length > 0 && ask.values.every((value) => value === 'false');
  }
  return excludes !== undefined && !ask.values.some(hasVariable) && isOnlyOf(ask, excludes, keys, rules);
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
  for (const value of values) {
    const named = read(value, comparison);
    if (named === undefined || !isTrusted(named, rules)) return false;
  }
  return values.length === 1 || read !== narrowNetwork || rules.byTheLetter || areNarrowTogether(values);
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
function demandsKey({ form: { operator, forAny, whereThere }, values }: Ask): boolean {
  if (whereThere || values.length === 0) return false;
  if (operator === 'null') return values.every((value) => value === 'false');
  return (
    forAny || (/^(string|arn|ipaddress|bool|numeric|date|binary)/.test(operator) && !operator.includes('not'))
  );
}

/** Whether something holds of one of the asks of a condition. */
function someAsk(condition: Json | undefined, where: Where, holds: (ask: Ask) => boolean): boolean {
  if (condition === undefined || condition === null) return false;
  const operators = blockOf(condition, where);
  for (const name in operators) {
    const keys = blockOf(operators[name] ?? null, where, name);
    const form = formOf(name);
    for (const key in keys) {
      const values = valuesOf(keys[key] ?? null, () => `${pathOf(where)}.${name}.${key}`);
      if (holds({ form, key: lowerCaseOf(key), values })) return true;
    }
  }
  return false;
}

/** The form of an operator by its name in a policy. */
const formOf = remembered(readForm);

const lowerCaseOf = remembered((name) => name.toLowerCase());

/** The same, made once for each name. Policies name few operators and keys, and strangers' policies whatever they like. */
function remembered<T>(make: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const made = make(name);
    if (known.size >= mostRemembered) known.clear();
    known.set(name, made);
    return made;
  };
}

/**
 * `IfExists` and `ForAllValues:` also hold where the request does not have the key at all; `ForAnyValue:` does not:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function readForm(name: string): Form {
  const [, set, operator = '', ifExists] =
    /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/.exec(name.toLowerCase()) ?? [];
  return {
    operator,
    comparison: Object.hasOwn(positive, operator) ? positive[operator] : undefined,
    excludes: Object.hasOwn(negated, operator) ? negated[operator] : undefined,
    forAny: set === 'foranyvalue:',
    whereThere: set === 'forallvalues:' || ifExists !== undefined,
  };
}

/** @param name of the block in what lies at `where`; absent where it is all of it */
function blockOf(value: Json, where: Where, name?: string): JsonObject {
  if (isFields(value)) return value as JsonObject;
  throw notUnderstood(name === undefined ? where : () => `${pathOf(where)}.${name}`, 'an object', value);
}

function valuesOf(value: Json, where: Where): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return [textFor(value, where)];
  return value.every((one) => typeof one === 'string') ? value : value.map((one) => textFor(one, where));
}

function textFor(value: Json, where: Where): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw notUnderstood(where, 'text or a list of texts', value);
}
