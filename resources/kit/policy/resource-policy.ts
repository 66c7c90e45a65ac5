import { RefusedError, ResourceInputError } from '../../../core/errors';
import type { Json, JsonObject } from '../../../core/json';
import { type Fields, fieldsOf, isFields, notUnderstood, pathOf, type Where } from '../input';
import { haveTwins, jsonLength, refuseDoubledNames } from './doubled-names';
import { plainLook } from './plain-look';

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
  if (latestObject !== undefined && latestObject.document === policy) return latestObject;
  const text = typeof policy === 'string' ? policy : toText(fieldsOf(policy, where), where);
  if (latest?.text === text) return latest;
  const document = parsePolicy(text, where);
  refuseDoubledNames(text, document, jsonLength(document), where);
  latest = { text, document, statements: statementsOf(document, where) };
  return latest;
}

/** A policy, and what a short look at it tells. */
export interface PolicyAtFirstSight {
  policy: ResourcePolicy;
  /** The places of its statements that allow everybody something, whatever their conditions say; absent where that takes more than a look. */
  open?: readonly number[] | undefined;
}

/**
 * Reads a policy as `readPolicy` does, and looks at it in the same pass.
 * @param policy its text, or an object that JSON.parse made
 * @throws ResourceInputError as `readPolicy` does
 */
export function lookAtPolicy(policy: string | Fields, where: string): PolicyAtFirstSight {
  if (typeof policy !== 'string') return lookAtObject(policy as JsonObject, where);
  const document = parsePolicy(policy, where);
  const look = plainLook(document);
  refuseDoubledNames(policy, document, look?.length ?? jsonLength(document), where);
  latest = { text: policy, document, statements: look?.statements ?? statementsOf(document, where) };
  return { policy: latest, open: look?.open };
}

function lookAtObject(document: JsonObject, where: string): PolicyAtFirstSight {
  const look = plainLook(document);
  if (look === undefined) return { policy: readPolicy(document, where) };
  latestObject = new UnwrittenPolicy(document, look.statements);
  return { policy: latestObject, open: look.open };
}

/** What was read last: a short look at a resource, and the model of it, read the same text. Nothing changes it. */
let latest: ResourcePolicy | undefined;

/** The same of what was no text. */
let latestObject: ResourcePolicy | undefined;

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
  if (Number.isFinite(jsonLength(document))) return;
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
  return parsed;
}

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

/** @throws ResourceInputError where two names differ in the case of their letters alone */
function refuseTwins(fields: Fields, where: Where): void {
  if (!haveTwins(fields)) return;
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
