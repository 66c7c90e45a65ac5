import { structuredPatch } from 'diff';
import type { DiffLine } from '../../resources/kit/diff-line';

/**
 * What differs between two texts, as a unified diff with three lines around each place.
 * @param before printable lines
 * @param after printable lines
 * @returns nothing where they are equal
 */
export function unifiedDiff(before: readonly string[], after: readonly string[]): DiffLine[] {
  const { hunks } = structuredPatch('', '', textOf(before), textOf(after), undefined, undefined, {
    context: 3,
  });
  return hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }): DiffLine[] => [
    { kind: 'heading', text: `-${oldStart},${oldLines} +${newStart},${newLines}` },
    ...lines.map((line) => ({ kind: kinds[line[0] ?? ''] ?? 'stays', text: line.slice(1) })),
  ]);
}

const kinds: Readonly<Record<string, DiffLine['kind']>> = { '-': 'goes', '+': 'comes' };

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
