import { fitting, graphemes } from './graphemes';
import { textWidth } from './text-width';

/** The text, at most `columns` columns of a terminal wide: where it is wider, its end gives way to an ellipsis. */
export function cutEnd(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  return `${fitting(graphemes(text), Math.max(0, columns - 1)).join('')}…`;
}
