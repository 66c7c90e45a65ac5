import { fitting, graphemes } from './graphemes';
import { textWidth } from './text-width';

/** The text, at most `columns` columns of a terminal wide: where it is wider, its middle gives way to an ellipsis. */
export function cutMiddle(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  const characters = graphemes(text);
  const kept = Math.max(0, columns - 1);
  const head = fitting(characters, Math.ceil(kept / 2)).join('');
  const tail = fitting(characters.toReversed(), kept - textWidth(head))
    .toReversed()
    .join('');
  return `${head}…${tail}`;
}
