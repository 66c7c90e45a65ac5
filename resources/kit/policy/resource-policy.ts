import { RefusedError, ResourceInputError } from '../../../core/errors';
import type { Json, JsonObject } from '../../../core/json';
import { type Fields, fieldsOf, isFields, notUnderstood, pathOf, type Where } from '../input';

/** The policy of a resource: its text, and what the text says. */
export interface ResourcePolicy {
  readonly text: string;
  document: JsonObject;
  /** The statements, also where `Statement` is a single object. */
  statements: readonly JsonObject[];
}

/**
 * Reads a resource's policy from its text, or from an object.
 * @throws ResourceInputError when it is no policy: not JSON, or without statements.
 */
export function readPolicy(policy: unknown, where: string): ResourcePolicy {
  const text = typeof policy === 'string' ? policy : toText(fieldsOf(policy, where), where);
  if (latest?.text === text) return latest;
  const document = parsePolicy(text, where);
  latest = { text, document, statements: statementsOf(document, where) };
  return latest;
}

/**
 * The same from an object that JSON.parse made, without a text in between.
 * @throws ResourceInputError when it is no policy
 */
export function policyOfJson(document: Fields, where: string): ResourcePolicy {
  const policy = document as JsonObject;
  return new UnwrittenPolicy(policy, statementsOf(policy, where));
}

/** What was read last: a short look at a resource, and the model of it, read the same text. Nothing changes it. */
let latest: ResourcePolicy | undefined;

/** A policy whose text is made when it is asked for: most verdicts do without. */
class UnwrittenPolicy implements ResourcePolicy {
  #text: string | undefined;

  constructor(
    readonly document: JsonObject,
    readonly statements: readonly JsonObject[],
  ) {}

  get text(): string {
    this.#text ??= JSON.stringify(this.document);
    return this.#text;
  }
}

function statementsOf(document: JsonObject, where: string): JsonObject[] {
  const listed = Object.hasOwn(document, 'Statement') ? document.Statement : undefined;
  const statements = Array.isArray(listed) ? listed : [listed];
  for (let index = 0; index < statements.length; index++) {
    checkStatement(statements[index], () => `${where}.Statement[${index}]`);
  }
  return statements as JsonObject[];
}

/** How people find a statement in its policy. */
export function nameOfStatement(index: number, statement: JsonObject): string {
  const sid = Object.hasOwn(statement, 'Sid') ? statement.Sid : undefined;
  return typeof sid === 'string' && sid !== '' ? `statement ${index + 1} (${sid})` : `statement ${index + 1}`;
}

/**
 * The policy with its statements replaced, one for one; undefined stands for a removed statement.
 * @returns the new policy, or undefined when no statement is left: AWS takes no policy without statements.
 * @throws RefusedError when the statements that stay cannot be written as they are
 */
export function replaceStatements(
  policy: ResourcePolicy,
  statements: readonly (JsonObject | undefined)[],
): ResourcePolicy | undefined {
  const left = statements.filter((statement) => statement !== undefined);
  const [first] = left;
  if (first === undefined) return undefined;
  refuseRewrittenNumbers(policy);
  const document = { ...policy.document, Statement: Array.isArray(policy.document.Statement) ? left : first };
  return new UnwrittenPolicy(document, left);
}

/**
 * JavaScript's numbers are doubles, so that one with many digits, or written as `1.0`, would come out as another text.
 * @throws RefusedError when the policy's text holds such a number
 */
export function refuseRewrittenNumbers({ text, document }: ResourcePolicy): void {
  if (Number.isFinite(lengthOf(document))) return;
  // Strings are matched first, so that digits within them are passed over.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g)) {
    if (token.startsWith('"') || String(Number(token)) === token) continue;
    throw new RefusedError(
      `The policy holds the number ${token}, which Staunch cannot write back as it is, so nothing may be changed. Edit the policy by hand.`,
    );
  }
}

function parsePolicy(text: string, where: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new ResourceInputError(`${where} should be the JSON text of a policy, and is not JSON: ${error}.`);
  }
  if (!isJsonObject(parsed)) throw notUnderstood(where, 'a policy', parsed);
  if (lengthOf(parsed) === text.length) return parsed;
  const names = namesOf(parsed);
  if (names === undefined) throw notUnderstood(where, 'a policy', 'a value that is nested too deeply');
  if (names !== namesIn(text)) {
    throw new ResourceInputError(
      `${where} has the same name twice in one object, and AWS does not say which of the two counts.`,
    );
  }
  return parsed;
}

/**
 * How long a value is as JSON without spaces and escapes, and not a number where it holds numbers, which have several forms. A text of
 * that length holds each name once: what JSON.parse leaves out makes it longer, as spaces and escapes do.
 */
function lengthOf(value: Json, depth = 0): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') return Number.NaN;
  if (typeof value !== 'object' || value === null) return value === false ? 5 : 4;
  if (depth > deepest) return Number.NaN;
  // The brackets, less the comma that the first element has not.
  let length = 1;
  let isEmpty = true;
  if (Array.isArray(value)) {
    for (const one of value) {
      length += 1 + lengthOf(one, depth + 1);
      isEmpty = false;
    }
  } else {
    for (const name in value) {
      length += 4 + name.length + lengthOf(value[name] ?? null, depth + 1);
      isEmpty = false;
    }
  }
  return isEmpty ? 2 : length;
}

/** How many names JSON text holds: outside of strings, a colon follows each, and stands nowhere else. */
function namesIn(text: string): number {
  let count = 0;
  let isWithin = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) isWithin = !isWithin;
    else if (!isWithin) count += character === colon ? 1 : 0;
    else if (character === backslash) at++;
  }
  return count;
}

const [quote, colon, backslash] = [0x22, 0x3a, 0x5c];

/**
 * How many names are left of it once it is parsed: of one that is there twice, the last.
 * @returns undefined where it is nested so deeply that it is no policy
 */
function namesOf(value: Json, depth = 0): number | undefined {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > deepest) return undefined;
  let count = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const part of Object.values(value)) {
    const names = namesOf(part, depth + 1);
    if (names === undefined) return undefined;
    count += names;
  }
  return count;
}

/** Deeper than in any policy, whose values stand in the sixth level. */
const deepest = 50;

function checkStatement(statement: Json | undefined, where: Where): void {
  if (!isJsonObject(statement)) throw notUnderstood(where, 'a statement', statement);
  const effect = Object.hasOwn(statement, 'Effect') ? statement.Effect : undefined;
  if (effect !== 'Allow' && effect !== 'Deny')
    throw notUnderstood(() => `${pathOf(where)}.Effect`, 'Allow or Deny', effect);
  for (const name in statement) {
    if (elements.has(name)) continue;
    const meant = [...elements].find((element) => element.toLowerCase() === name.toLowerCase());
    if (meant !== undefined) throw notUnderstood(() => `${pathOf(where)}.${name}`, meant, name);
  }
  const { Condition: condition } = statement;
  if (isFields(condition)) {
    refuseTwins(condition, () => `${pathOf(where)}.Condition`);
    for (const operator in condition) {
      const keys = condition[operator];
      if (isFields(keys)) refuseTwins(keys, () => `${pathOf(where)}.Condition.${operator}`);
    }
  }
}

/**
 * Operators and keys of conditions ignore case, and AWS calls two that differ in it alone an error:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 * @throws ResourceInputError where there are two
 */
function refuseTwins(fields: Fields, where: Where): void {
  const names = Object.keys(fields);
  if (names.length < 2 || new Set(names.map((name) => name.toLowerCase())).size === names.length) return;
  throw new ResourceInputError(
    `${pathOf(where)} has the same name twice in letters of another case, and AWS does not say which of the two counts.`,
  );
}

/**
 * What a statement may hold. AWS does not say what one of them means in other letters:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
const elements: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

/** What came out of JSON.parse and is an object holds only JSON. */
function isJsonObject(value: unknown): value is JsonObject {
  return isFields(value);
}

function toText(policy: object, where: string): string {
  try {
    return JSON.stringify(policy);
  } catch (error) {
    throw new ResourceInputError(`${where} should be a policy, and cannot be written as JSON: ${error}.`);
  }
}
