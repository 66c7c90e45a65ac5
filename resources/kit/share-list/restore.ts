import { RefusedError } from '../../../core/errors';
import type { Change } from '../../../core/plan';
import { errorCodeOf, messageOf } from '../aws-error';
import type { OnApplied } from '../live-resource';
import { gone } from './apply';
import { isShareRestoration, type ShareRestoration, shareeOf } from './changes';
import { byVersion, inCalls, type ShareCalls } from './share-calls';
import type { ShareWords } from './share-words';
import { shareeKey, shareesOf } from './shared-resource';

/**
 * Makes the changes of an undo. Those who are on the list already are passed over. Where the service does not take some back, those
 * that it took right before go again: an undo is made whole or not at all.
 * @throws ChangedMeanwhileError when the resource is gone
 * @throws RefusedError with the service's words for what it will not take back
 */
export async function restoreShares(
  calls: ShareCalls,
  words: ShareWords,
  changes: readonly Change[],
  onApplied: OnApplied,
): Promise<void> {
  const restorations = changes.filter(isShareRestoration);
  const other = changes.find((change) => !isShareRestoration(change));
  if (other) throw new RefusedError(`The undo's change "${other.action}" is not one of a ${words.noun}.`);
  let given: ShareRestoration[] = [];
  try {
    const missing = byVersion(await notThere(calls, words, restorations));
    for (const some of missing.flatMap((group) => inCalls(group, calls.perCall))) {
      await calls.add(some.map(shareeOf));
      given.push(...some);
    }
  } catch (error) {
    const code = errorCodeOf(error) ?? '';
    const options = { cause: error };
    if (calls.missing.includes(code)) throw gone(words, options);
    if (!calls.refusals.includes(code)) throw error;
    for (const some of inCalls(given, calls.perCall)) {
      await calls.remove(some.map(shareeOf));
      given = given.filter((change) => !some.includes(change));
    }
    throw new RefusedError(`${words.service} does not take it back: ${code}: ${messageOf(error)}`, options);
  } finally {
    if (given.length > 0) onApplied(given);
  }
}

async function notThere(
  calls: ShareCalls,
  words: ShareWords,
  restorations: readonly ShareRestoration[],
): Promise<ShareRestoration[]> {
  const share = await calls.read();
  if (share === 'gone') throw gone(words);
  const there = new Set(shareesOf(share).map(shareeKey));
  return restorations.filter((change) => !there.has(shareeKey(shareeOf(change))));
}
