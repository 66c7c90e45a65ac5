import { stripVTControlCharacters } from 'node:util';

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
