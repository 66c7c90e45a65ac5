import { stripVTControlCharacters } from 'node:util';
import type { Json } from '../../core/json';

/**
 * A stranger's text (a resource's name, a description, AWS's words about it) as it may stand on a line for people, also of a terminal:
 * without escape sequences, and without characters that control it, end the line, or are not seen, such as those that
 * turn the direction of writing.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/**
 * A value as JSON text that may stand in a terminal. Nothing is left out: what `printable` would take away is written as
 * its escape, so that it is seen, and the text means the same.
 * @param indent spaces per level; one line where left out
 */
export function printableJson(value: Json | object, indent?: number): string {
  return (
    JSON.stringify(value, undefined, indent)
      .split('\n')
      // Such characters occur in strings alone, where an escape may stand for each.
      .map((line) => line.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped))
      .join('\n')
  );
}

/** JSON escapes code units: a character beyond the first 65,536 takes two. */
function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
