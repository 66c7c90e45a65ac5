import type { Change } from '../../core/plan';
import { type DiffLine, heading } from '../../resources/kit/diff-line';
import { resourceType } from '../../resources/registry';

/**
 * Changes of a resource as a diff, as its type shows them: what is a line by itself stands first, those that go before those
 * that come; what takes several lines follows in the order of the plan, each under its sentence. Pure.
 */
export function changeDiff(type: string, changes: readonly Change[]): DiffLine[] {
  const shown = changes.map((change) => linesOf(type, change));
  const isSingle = (lines: readonly DiffLine[]) => lines.length === 1 && lines[0]?.kind !== 'heading';
  const single = shown.filter(isSingle).flat();
  const isFirst = ({ kind }: DiffLine) => kind === 'goes';
  return [
    ...single.filter(isFirst),
    ...single.filter((line) => !isFirst(line)),
    ...shown.filter((lines) => !isSingle(lines)).flat(),
  ];
}

function linesOf(type: string, change: Change): DiffLine[] {
  try {
    const lines = resourceType(type)?.changeLines(change);
    if (lines !== undefined) return lines;
  } catch {
    // It was written by another version. Its sentence says what it does.
  }
  return [heading(change)];
}
