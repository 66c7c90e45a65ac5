import type { Change } from '../../core/plan';
import { type DiffLine, heading } from '../../resources/kit/diff-line';
import { inDiffOrder } from '../../resources/kit/diff-order';
import { resourceType } from '../../resources/registry';

/** Changes of a resource as a diff, as its type shows them. Pure. */
export function changeDiff(type: string, changes: readonly Change[]): DiffLine[] {
  return inDiffOrder(changes.map((change) => linesOf(type, change)));
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
