import type { Colors } from 'picocolors/types';
import type { DiffLine } from '../../resources/kit/diff-line';

/** A diff as text, coloured where colours are. */
export function diffText(lines: readonly DiffLine[], colours: Colors): string[] {
  const written: Record<DiffLine['kind'], (text: string) => string> = {
    goes: (text) => colours.red(`- ${text}`),
    comes: (text) => colours.green(`+ ${text}`),
    stays: (text) => `  ${text}`,
    heading: (text) => colours.cyan(`@@ ${text} @@`),
  };
  return lines.map(({ kind, text }) => written[kind](text));
}
