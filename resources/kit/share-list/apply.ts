import { RefusedError } from '../../../core/errors';
import type { Plan } from '../../../core/plan';
import { errorCodeOf, messageOf } from '../aws-error';
import { ChangedMeanwhileError, type OnApplied } from '../live-resource';
import { isShareRemoval, type ShareRemoval, shareeOf } from './changes';
import { inCalls, type ShareCalls } from './share-calls';
import type { ShareWords } from './share-words';
import { nameOfSharee, shareeKey, shareesOf } from './shared-resource';

/**
 * Makes a plan's changes. AWS takes the removal of somebody who is not there, so the list is read again right before: what its owner
 * took meanwhile is not the fix's, and no undo may give it back.
 * @throws ChangedMeanwhileError when somebody of the plan is not on the list any more, or the resource is gone
 * @throws RefusedError when the plan holds something else, or the service does not take a change
 */
export async function applyShareRemovals(
  calls: ShareCalls,
  words: ShareWords,
  { changes }: Plan,
  onApplied: OnApplied,
): Promise<void> {
  const removals = changes.filter(isShareRemoval);
  const other = changes.find((change) => !isShareRemoval(change));
  if (other) throw new RefusedError(`The plan's change "${other.action}" is not one of a ${words.noun}.`);
  try {
    await expectThere(calls, words, removals);
    for (const some of inCalls(removals, calls.perCall)) {
      await calls.remove(some.map(shareeOf));
      onApplied(some);
    }
  } catch (error) {
    const code = errorCodeOf(error) ?? '';
    const options = { cause: error };
    if (calls.missing.includes(code)) throw gone(words, options);
    if (!calls.refusals.includes(code)) throw error;
    throw new RefusedError(
      `${words.service} does not take it from the ${words.noun}: ${code}: ${messageOf(error)}`,
      options,
    );
  }
}

async function expectThere(
  calls: ShareCalls,
  words: ShareWords,
  removals: readonly ShareRemoval[],
): Promise<void> {
  const share = await calls.read();
  if (share === 'gone') throw gone(words);
  const there = new Set(shareesOf(share).map(shareeKey));
  const missing = removals.map(shareeOf).find((sharee) => !there.has(shareeKey(sharee)));
  if (missing) {
    throw new ChangedMeanwhileError(
      `the ${words.noun} is not shared with ${nameOfSharee(missing)} any more.`,
    );
  }
}

/** There is no such resource any more. */
export function gone({ noun }: ShareWords, options?: ErrorOptions): ChangedMeanwhileError {
  return new ChangedMeanwhileError(`the ${noun} is gone.`, options);
}
