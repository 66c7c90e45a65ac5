import type { Colors } from 'picocolors/types';
import { utc } from '../../core/utc';
import type { SavedHistory } from '../../ledger/saved/saved-history';
import { diffText } from './diff-text';
import { savedStateLines } from './saved-state';
import { unifiedDiff } from './unified-diff';

/**
 * What a resource was before its fix, and after it, as a unified diff; where the end of the fix is unconfirmed, what it
 * was before. Pure.
 */
export function historySection(
  resourceType: string,
  history: SavedHistory,
  colours: Colors,
): [heading: string, lines: string[]] {
  const saved = utc(history.savedAt);
  const undone = history.undoneAt === undefined ? '' : `; undone ${utc(history.undoneAt)}`;
  const before = savedStateLines(resourceType, history.steps[0].before);
  if (history.after === undefined) {
    return [`Before the fix, ${saved} (what was there after it was never verified)${undone}`, before];
  }
  const lines = unifiedDiff(before, savedStateLines(resourceType, history.after));
  const heading = `Before the fix, ${saved}, and after it${undone}`;
  if (lines.length === 0) return [heading, ['No difference.']];
  return [heading, [colours.red('--- before'), colours.green('+++ after'), ...diffText(lines, colours)]];
}
