import { columnsWatched } from './columns';
import { wrappedText } from './table/wrapped-text';

/** Prints a text to standard output; on a terminal no line is broken within a word. */
export function say(text: string): void {
  console.log(wrappedText(text, columnsWatched(process.stdout)));
}

/** Prints a text to standard error; on a terminal no line is broken within a word. */
export function complain(text: string): void {
  console.error(wrappedText(text, columnsWatched(process.stderr)));
}
