import type { KeyPath } from '../key-path';

/** Something that is wrong between two keys, each of which is right by itself. */
export interface Inconsistency {
  path: KeyPath;
  message: string;
  /** Whether it is the key itself that is wrong, or its value, which is then quoted; the value unless given. */
  at?: 'key' | 'value';
}

/** Whether the value is an object with keys. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at a path of keys; undefined where the document does not have it. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

/** The entries of the list at a path that are objects, each with its own path. */
export function objectsAt(
  document: unknown,
  ...path: readonly string[]
): { value: Record<string, unknown>; path: KeyPath }[] {
  const list = at(document, ...path);
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) =>
    isObject(value) ? [{ value, path: [...path, index] }] : [],
  );
}

/** What stands in the list at a path of keys, each with its own path. */
export function listAt(document: unknown, ...path: readonly string[]): { value: unknown; path: KeyPath }[] {
  const list = at(document, ...path);
  return Array.isArray(list) ? list.map((value: unknown, index) => ({ value, path: [...path, index] })) : [];
}

/**
 * What stands in the lists that entries of a list have at a path of keys, each with its own path: every account of `freezes`.
 * @param section the list's key; several, where it lies in a section
 */
export function listsIn(
  document: unknown,
  section: string | readonly string[],
  ...keys: readonly string[]
): { value: unknown; path: KeyPath }[] {
  return objectsAt(document, ...[section].flat()).flatMap(({ value, path }) => {
    const list = at(value, ...keys);
    if (!Array.isArray(list)) return [];
    return list.map((item: unknown, index) => ({ value: item, path: [...path, ...keys, index] }));
  });
}
