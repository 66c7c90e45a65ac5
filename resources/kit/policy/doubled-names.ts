import { ResourceInputError } from '../../../core/errors';
import type { Json, JsonObject } from '../../../core/json';
import { type Fields, notUnderstood } from '../input';

/**
 * JSON.parse keeps the last of two members with the same name, and AWS does not say which of the two counts.
 * @param document what JSON.parse made of the text
 * @param length what `jsonLength` says of the document
 * @throws ResourceInputError where an object of the text has a name twice, or is nested so deeply that it is no policy
 */
export function refuseDoubledNames(text: string, document: JsonObject, length: number, where: string): void {
  if (length === text.length) return;
  const names = namesOf(document);
  if (names === undefined) throw notUnderstood(where, 'a policy', 'a value that is nested too deeply');
  if (names !== namesIn(text)) {
    throw new ResourceInputError(
      `${where} has the same name twice in one object, and AWS does not say which of the two counts.`,
    );
  }
}

/**
 * Whether two names differ in the case of their letters alone. Operators and keys of conditions ignore it, and AWS calls two such an error:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function haveTwins(fields: Fields): boolean {
  const names = Object.keys(fields);
  return names.length > 1 && new Set(names.map((name) => name.toLowerCase())).size !== names.length;
}

/**
 * How long a value is as JSON without spaces and escapes, and not a number where it holds numbers, which have several forms. A text of
 * that length holds each name once: what JSON.parse leaves out makes it longer, as spaces and escapes do.
 */
export function jsonLength(value: Json, depth = 0): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') return Number.NaN;
  if (typeof value !== 'object' || value === null) return value === false ? 5 : 4;
  if (depth > deepest) return Number.NaN;
  // The brackets, less the comma that the first element has not.
  let length = 1;
  let isEmpty = true;
  if (Array.isArray(value)) {
    for (const one of value) {
      length += 1 + jsonLength(one, depth + 1);
      isEmpty = false;
    }
  } else {
    for (const name in value) {
      length += 4 + name.length + jsonLength(value[name] ?? null, depth + 1);
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
