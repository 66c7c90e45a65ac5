import { diffArrays } from 'diff';
import type { DiffLine } from './diff-line';
import { printableJson } from './printable';

/** A JSON value, indented, line by line. */
export function jsonLines(value: object): string[] {
  return printableJson(value, 2).split('\n');
}

/** What becomes of a JSON value, all of it, line by line. */
export function jsonDiff(before: object, after: object): DiffLine[] {
  return diffArrays(jsonLines(before), jsonLines(after)).flatMap(({ added, removed, value }) =>
    value.map((text): DiffLine => ({ kind: removed ? 'goes' : added ? 'comes' : 'stays', text })),
  );
}

/** JSON text as its lines, indented; as it is where it is no JSON. */
export function jsonTextLines(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return jsonLines(value);
  } catch {
    // Shown as it is.
  }
  return [printableJson(text)];
}
