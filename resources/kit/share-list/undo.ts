import type { Json } from '../../../core/json';
import { readHistory } from '../trace';
import type { PlanUndo } from '../undo';
import { isShareRemoval, type ShareRestoration, shareeOf } from './changes';
import type { ShareWords } from './share-words';
import { nameOfSharee, type SharedResource, type Sharee, shareeKey, shareesOf } from './shared-resource';

/**
 * Plans how a share list gets back whom a fix took. Each is as the fix left it, or there again: others who came or went since stay
 * as they are now. Whether AWS takes them back, AWS says.
 * @param read reads a saved state; it throws ResourceInputError when it cannot be understood
 */
export function planShareUndo(read: (state: Json) => SharedResource, words: ShareWords): PlanUndo {
  return (history, state) => {
    const { steps, after } = readHistory(history, read);
    const now = read(state);
    const last = after ?? steps.at(-1)?.saved ?? now;
    if (last.createdAt !== now.createdAt || last.accountId !== now.accountId) {
      return {
        kind: 'changed',
        differences: [`The ${words.noun} was deleted since the fix, and another was made.`],
      };
    }
    const taken = new Map<string, Sharee>();
    for (const { saved, changes } of steps) {
      const had = new Map(shareesOf(saved.share).map((sharee) => [shareeKey(sharee), sharee]));
      for (const key of changes.filter(isShareRemoval).map(shareeOf).map(shareeKey)) {
        const sharee = had.get(key);
        if (sharee) taken.set(key, sharee);
      }
    }
    for (const sharee of shareesOf(now.share)) taken.delete(shareeKey(sharee));
    return { kind: 'undo', changes: [...taken.values()].map((sharee) => restorationOf(sharee, words)) };
  };
}

function restorationOf(sharee: Sharee, { noun }: ShareWords): ShareRestoration {
  return {
    action: 'restoreShare',
    text: `Share the ${noun} with ${nameOfSharee(sharee)} again.`,
    ...sharee,
  };
}
