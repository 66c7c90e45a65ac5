import type { Colors } from 'picocolors/types';

/** A line of a unified diff: one that goes, one that comes, one that stays, or a heading. */
export interface DiffLine {
  kind: 'goes' | 'comes' | 'stays' | 'heading';
  /** Printable. */
  text: string;
}

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

/** Lines that all go, come or stay. */
export function diffLinesOf(kind: DiffLine['kind'], lines: readonly string[]): DiffLine[] {
  return lines.map((text) => ({ kind, text }));
}
