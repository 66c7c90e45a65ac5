/** The text, at most `length` characters long, with an ellipsis where it was cut. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}
