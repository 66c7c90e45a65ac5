import { textWidth } from './text-width';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What people take for the characters of a text: an accent stands with its letter, an emoji is whole. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** As many of the first of these characters as `columns` columns of a terminal have room for. */
export function fitting(characters: readonly string[], columns: number): string[] {
  let width = 0;
  const end = characters.findIndex((character) => {
    width += textWidth(character);
    return width > columns;
  });
  return characters.slice(0, end === -1 ? characters.length : end);
}
