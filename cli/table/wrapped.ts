import { textWidth } from '../../core/text-width';

/**
 * A text as lines of at most `columns` columns, broken between words; a word that is longer stands on a line of its own.
 * @param indent stands before each line but the first
 */
export function wrapped(text: string, columns: number, indent = ''): string[] {
  if (textWidth(text) <= columns) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= columns || line.trim() === '') {
      line = longer;
      continue;
    }
    lines.push(line);
    line = `${indent}${word}`;
  }
  return [...lines, line];
}
