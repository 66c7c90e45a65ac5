import { listDigest } from '../../../core/frozen-list';
import type { Notice } from '../../../core/notice';
import type { SlackAction } from '../../../core/slack-action';
import type { FrozenList } from '../../../ledger/limits/frozen-list';
import { mostListsAtOnce } from '../../../ledger/limits/frozen-lists';
import { wholeOrganization } from '../../../ledger/limits/stop';

/** So many accounts are named in a notice. */
const mostNamed = 15;

/**
 * Tells of backlog that waits for a person, all of it together. The same lists have one notice, however often it is given.
 * @param lists what is told
 * @param frozen all that is frozen now: a button may release all of it where all of it is told
 */
export function frozenNotice(lists: readonly FrozenList[], frozen: readonly FrozenList[], now: Date): Notice {
  const names = lists.flatMap((list) => list.names);
  const where = lists.length === 1 ? `account ${lists[0]?.accountId}` : `${lists.length} accounts`;
  const most = lists.toSorted((one, other) => other.names.length - one.names.length).slice(0, mostNamed);
  const told = most.map(
    (list) => `${list.names.length} in account ${list.accountId} (list ${listDigest(list.names)})`,
  );
  const more = lists.length - most.length;
  return {
    version: 1,
    noticeId: `frozen#${listDigest(names)}`,
    title: `Frozen: ${names.length} ${names.length === 1 ? 'fix' : 'fixes'} of backlog in ${where}`,
    text: `They were there before Staunch could fix them, so none of them is fixed until a person with the right thaw releases the list: ${told.join('; ')}${more > 0 ? `; and in ${more} more accounts` : ''}. See each, and the command that releases them, with staunch thaw. What is found from now on is fixed as ever.`,
    actions: actionsFor(lists, most, frozen),
    at: now.toISOString(),
  };
}

/** One button where one order can release exactly what is told; else one for each account that is named. */
function actionsFor(
  lists: readonly FrozenList[],
  named: readonly FrozenList[],
  frozen: readonly FrozenList[],
): SlackAction[] {
  const told = new Set(lists.map(({ accountId }) => accountId));
  const isAll = frozen.every(({ accountId }) => told.has(accountId));
  if (lists.length > 1 && lists.length <= mostListsAtOnce && isAll) {
    const list = listDigest(lists.flatMap(({ names }) => names));
    return [{ order: 'thaw', scope: wholeOrganization, list }];
  }
  return named.map(({ accountId, names }) => ({ order: 'thaw', scope: accountId, list: listDigest(names) }));
}
