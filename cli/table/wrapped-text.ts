import { stripVTControlCharacters } from 'node:util';
import { textWidth } from '../../core/text-width';

/** A command to paste: a break in it would end it too early. */
const isCommand = /^\s*([A-Z_]+=\S* )*(npm|aws|export|npx) /;

/** What stands before a line's prose: an item's mark or number, or a title with its gap. */
const before = /^\s*(?:[-+…•*] +|\d+\. +|\S+(?: \S+)* {2,})?/;

/**
 * A text whose lines are not longer than a terminal is wide. They are broken between words; what follows stands under its prose: under
 * an item's text, beside a title, or two columns in. A word that is longer stays whole, and so does a command to paste. Pure.
 * @param text may have colours
 * @param columns infinite where nothing is to be broken
 */
export function wrappedText(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => linesOf(line, columns))
    .join('\n');
}

function linesOf(line: string, columns: number): string[] {
  const plain = stripVTControlCharacters(line);
  if (textWidth(plain) <= columns || isCommand.test(plain)) return [line];
  const indent = ' '.repeat(indentOf(plain, columns));
  const lines: string[] = [];
  let [current = '', ...words] = line.split(/(?<=\S) /);
  for (const word of words) {
    const longer = `${current} ${word}`;
    if (widthOf(longer) <= columns) {
      current = longer;
      continue;
    }
    lines.push(current.trimEnd());
    current = `${indent}${word.trimStart()}`;
  }
  return [...lines, current];
}

function indentOf(plain: string, columns: number): number {
  const beginning = before.exec(plain)?.[0].length ?? 0;
  const leading = plain.length - plain.trimStart().length;
  // A title as long as half of the line leaves its text no room.
  return beginning > leading && beginning <= columns / 2 ? beginning : leading + 2;
}

function widthOf(text: string): number {
  return textWidth(stripVTControlCharacters(text));
}
