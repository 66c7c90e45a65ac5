import { printable } from './printable';

/** A line of a unified diff: one that goes, one that comes, one that stays, or a heading. */
export interface DiffLine {
  kind: 'goes' | 'comes' | 'stays' | 'heading';
  /** Printable. */
  text: string;
}

/** Lines that all go, come or stay. */
export function diffLinesOf(kind: DiffLine['kind'], lines: readonly string[]): DiffLine[] {
  return lines.map((text) => ({ kind, text }));
}

/** The sentence of a change, as the heading of what becomes of it. */
export function heading({ text }: { text: string }): DiffLine {
  return { kind: 'heading', text: printable(text) };
}
