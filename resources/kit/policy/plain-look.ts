import type { Json, JsonObject } from '../../../core/json';
import { isFields } from '../input';
import { haveTwins } from './doubled-names';
import { isEverybody } from './principals';

/** What one pass over a policy tells. */
export interface PlainLook {
  statements: readonly JsonObject[];
  /** The places of the statements that allow everybody something, whatever their conditions say. */
  open: readonly number[];
  /** What `jsonLength` says of the policy. */
  length: number;
}

/** Of a length: what it is of is not plain. */
const notPlain = -1;

/**
 * Looks at a policy in one pass, since nearly all policies have the same form, and every further pass takes a tenth of the time that
 * JSON.parse takes.
 * @returns undefined where anything has another form: whatever is wrong with it, the exact reading says so
 */
export function plainLook(document: JsonObject): PlainLook | undefined {
  const { Statement: statements } = document;
  if (!Array.isArray(statements) || statements.length === 0) return undefined;
  // As `jsonLength` counts: brackets and commas come to one more than what is between them, and a member to four more than its parts.
  let length = 1;
  for (const name in document) {
    const own = name === 'Statement' ? 1 : textsLength(document[name]);
    if (own === notPlain) return undefined;
    length += 4 + name.length + own;
  }
  const open: number[] = [];
  for (let index = 0; index < statements.length; index++) {
    const own = lookAtStatement(statements[index], index, open);
    if (own === notPlain) return undefined;
    length += 1 + own;
  }
  return { statements: statements as JsonObject[], open, length };
}

/**
 * @param open takes the statement's place where it allows everybody something
 * @returns its length
 */
function lookAtStatement(statement: Json | undefined, index: number, open: number[]): number {
  if (!isObject(statement)) return notPlain;
  let length = 1;
  let effect: Json | undefined;
  let principal: JsonObject | '*' | undefined;
  for (const name in statement) {
    const value = statement[name];
    let own: number;
    switch (name) {
      case 'Sid':
      case 'Action':
      case 'NotAction':
      case 'Resource':
      case 'NotResource':
        own = textsLength(value);
        break;
      case 'Effect':
        effect = value;
        own = textsLength(value);
        break;
      case 'Principal':
        if (value !== '*' && !isObject(value)) return notPlain;
        principal = value;
        own = value === '*' ? 3 : principalLength(value);
        break;
      case 'Condition':
        own = conditionLength(value);
        break;
      default:
        return notPlain;
    }
    if (own === notPlain) return notPlain;
    length += 4 + name.length + own;
  }
  if (principal === undefined || (effect !== 'Allow' && effect !== 'Deny')) return notPlain;
  if (effect === 'Allow' && (principal === '*' || namesEverybody(principal))) open.push(index);
  return length;
}

function principalLength(principal: JsonObject): number {
  let length = 1;
  let kinds = 0;
  for (const kind in principal) {
    const own = textsLength(principal[kind]);
    if (own === notPlain) return notPlain;
    length += 4 + kind.length + own;
    kinds += 1;
  }
  return kinds === 0 ? 2 : length;
}

/** @param principal of which each kind names texts */
function namesEverybody(principal: JsonObject): boolean {
  for (const kind in principal) {
    const named = principal[kind];
    if (typeof named === 'string') {
      if (isEverybody(named, kind)) return true;
    } else if ((named as string[]).some((one) => isEverybody(one, kind))) return true;
  }
  return false;
}

function conditionLength(condition: Json | undefined): number {
  if (!isObject(condition)) return notPlain;
  let length = 1;
  let operators = 0;
  for (const operator in condition) {
    const own = askedLength(condition[operator]);
    if (own === notPlain) return notPlain;
    length += 4 + operator.length + own;
    operators += 1;
  }
  if (operators > 1 && haveTwins(condition)) return notPlain;
  return operators === 0 ? 2 : length;
}

/** The length of what an operator asks of keys. */
function askedLength(asked: Json | undefined): number {
  if (!isObject(asked)) return notPlain;
  let length = 1;
  let keys = 0;
  for (const key in asked) {
    const value = asked[key];
    const own = typeof value === 'boolean' ? String(value).length : textsLength(value);
    if (own === notPlain) return notPlain;
    length += 4 + key.length + own;
    keys += 1;
  }
  if (keys > 1 && haveTwins(asked)) return notPlain;
  return keys === 0 ? 2 : length;
}

/** The length of a text, or of a list of texts. */
function textsLength(value: Json | undefined): number {
  if (typeof value === 'string') return value.length + 2;
  if (!Array.isArray(value)) return notPlain;
  if (value.length === 0) return 2;
  let length = 1;
  for (const one of value) {
    if (typeof one !== 'string') return notPlain;
    length += one.length + 3;
  }
  return length;
}

/** What came out of JSON.parse and is an object holds only JSON. */
function isObject(value: Json | undefined): value is JsonObject {
  return isFields(value);
}
