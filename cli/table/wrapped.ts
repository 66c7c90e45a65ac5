import { textWidth } from '../../core/text-width';

/**
 * A text as lines of at most `columns` columns, broken between words; a word that is longer stands on a line of its own.
 * Spaces before the first word stay.
 * @param indent stands before each line but the first
 */
export function wrapped(text: string, columns: number, indent = ''): string[] {
  if (textWidth(text) <= columns) return [text];
  const lines: string[] = [];
  let [line = '', ...words] = text.split(' ');
  for (const word of words) {
    const longer = `${line} ${word}`;
    if (textWidth(longer) <= columns || line.trim() === '') {
      line = longer;
      continue;
    }
    lines.push(line);
    line = `${indent}${word}`;
  }
  return [...lines, line];
}
