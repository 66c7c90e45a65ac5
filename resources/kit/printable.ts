import { stripVTControlCharacters } from 'node:util';
import type { Json } from '../../core/json';

/**
 * A stranger's text (a resource's name, a description, AWS's words about it) as it may stand on a line for people, also of a terminal:
 * without escape sequences, and without characters that control it, end the line, or are not seen, such as those that
 * turn the direction of writing.
 */
export function printable(text: string): string {
  return withoutControls(text).trim();
}

/** As `printable`, for a part of a line: blanks at its ends stay. */
export function withoutControls(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
}

/**
 * A text of several lines, such as an error's, as it may stand in a terminal: its lines stay, each with its indentation, and
 * printable.
 */
export function printableLines(text: string): string {
  return text
    .split('\n')
    .map((line) => withoutControls(line).trimEnd())
    .join('\n');
}

/**
 * A value as JSON text that may stand in a terminal. Nothing is left out: what `printable` would take away is written as
 * its escape, so that it is seen, and the text means the same.
 * @param indent spaces per level; one line where left out
 */
export function printableJson(value: Json | object, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent);
  // Most texts are ASCII, of which JSON escapes what controls a terminal, but DEL.
  if (/^[\n -~]*$/.test(text)) return text;
  return (
    text
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
