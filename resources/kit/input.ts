import { cut } from '../../core/cut';
import { ResourceInputError } from '../../core/errors';

/** An object of unknown content, read by its own keys only. */
export type Fields = Readonly<Record<string, unknown>>;

/** Where a value stands, for errors: its path, or what makes it, since few paths are ever told. */
export type Where = string | (() => string);

/** How often JSON text is wrapped in JSON text at most: AWS Config encodes a bucket's ACL twice in its history. */
const mostEncodings = 3;

/**
 * Says that a value cannot be understood.
 * @param where path of the value, for example `configuration.ipPermissions[0].fromPort`
 * @param expected what would be right, for example `a list`
 */
export function notUnderstood(where: Where, expected: string, value: unknown): ResourceInputError {
  return new ResourceInputError(`${pathOf(where)} should be ${expected}, and is ${describe(value)}.`);
}

/** The path of a value. */
export function pathOf(where: Where): string {
  return typeof where === 'string' ? where : where();
}

/**
 * The value, or what its JSON text says where it is text that holds an object or a list, up to three times over. Other
 * text comes back as it is.
 */
export function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  let current: unknown = value;
  for (let times = 0; times < mostEncodings && typeof current === 'string'; times++) {
    if (!/^\s*[[{"]/.test(current)) return current;
    try {
      current = JSON.parse(current);
    } catch {
      return current;
    }
  }
  return current;
}

/** @throws ResourceInputError when `value` is not an object, or the JSON text of one. */
export function fieldsOf(value: unknown, where: Where): Fields {
  const read = decoded(value);
  if (!isFields(read)) throw notUnderstood(where, 'an object', read);
  return read;
}

/** As `fieldsOf`, and undefined where the value is absent or null, or the JSON text of null. */
export function optionalFieldsOf(value: unknown, where: Where): Fields | undefined {
  const read = decoded(value);
  const isAbsent = read === undefined || read === null || read === '' || read === 'null';
  return isAbsent ? undefined : fieldsOf(read, where);
}

/**
 * The elements of a list; none where it is absent or null.
 * @throws ResourceInputError when `value` is neither, nor the JSON text of a list.
 */
export function listOf(value: unknown, where: Where): readonly unknown[] {
  const read = decoded(value);
  if (read === undefined || read === null || read === '') return [];
  if (!Array.isArray(read)) throw notUnderstood(where, 'a list', read);
  return read;
}

/** @throws ResourceInputError when `value` is not text, or empty. */
export function textOf(value: unknown, where: Where): string {
  if (typeof value !== 'string' || value === '') throw notUnderstood(where, 'text', value);
  return value;
}

/** As `textOf`, and undefined where the value is absent, null or empty. */
export function optionalTextOf(value: unknown, where: Where): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : textOf(value, where);
}

/** Whether `value` is text, and not empty. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Whether `value` is an object with keys. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A field that AWS's API writes with a capital first letter, and AWS Config with a small one: `IpPermissions` and `ipPermissions`.
 * Both are asked for by name, which V8 finds ten times as fast as a name that is made.
 * @returns the one with the capital letter where it is there
 */
export function either(capital: unknown, small: unknown): unknown {
  return capital === undefined ? small : capital;
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return cut(text, 80);
}
