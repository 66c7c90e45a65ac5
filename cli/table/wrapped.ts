/**
 * A text as lines of at most `columns` characters, broken between words; a word that is longer stands on a line of its own.
 * @param indent stands before each line but the first
 */
export function wrapped(text: string, columns: number, indent = ''): string[] {
  if (text.length <= columns) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= columns || line.trim() === '') {
      line = longer;
      continue;
    }
    lines.push(line);
    line = `${indent}${word}`;
  }
  return [...lines, line];
}
