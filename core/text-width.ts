import stringWidth from 'string-width';

/** Printable ASCII, most of what is shown: a column a character. */
const narrow = /^[ -~]*$/;

/** How many columns of a terminal a text takes: a Chinese character or an emoji takes two, a combining accent none. */
export function textWidth(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(text);
}

/** The text with blanks after it, so that it takes `columns` columns; as it is where it takes more. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}
