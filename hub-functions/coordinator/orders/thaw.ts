import { listDigest } from '../../../core/frozen-list';
import { type Notice, noticeSubject } from '../../../core/notice';
import { type OrderAnswer, type OrderOf, orderVersion } from '../../../core/order';
import { releasing } from '../../../decision/thawing';
import type { FrozenList } from '../../../ledger/limits/frozen-list';
import { type FrozenLists, mostListsAtOnce } from '../../../ledger/limits/frozen-lists';
import { nameOfScope, wholeOrganization } from '../../../ledger/limits/stop';
import { UnknownAccountError } from '../../../ledger/organization/place-errors';
import type { Notices } from '../../../ledger/told/notices';
import type { Places } from '../deciding/ruling';
import { NotNowError, OrderRefusedError } from './refused';

/** What thawing takes. */
export interface ThawParts {
  frozenLists: Pick<FrozenLists, 'list' | 'writeAll'>;
  notices: Pick<Notices, 'give'>;
  organization: Places;
  now: () => Date;
}

/** How often a list that the sweep is writing is read again. */
const mostTries = 5;

/**
 * Releases backlog that a person was shown: exactly that, by the digest of its list. The lists of all accounts that are meant are
 * written together, or none is; what they hold is made to say so by the sweep.
 */
export class Thaw {
  constructor(private readonly parts: ThawParts) {}

  /**
   * @throws OrderRefusedError when nothing is frozen there, or something else than was shown
   * @throws NotNowError when the sweep kept writing the lists
   */
  async thaw(order: OrderOf<'thaw'>): Promise<OrderAnswer> {
    const { frozenLists, now } = this.parts;
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const lists = await this.inScope(order.scope, await frozenLists.list());
      const thawed = lists.filter((list) => list.thawed?.order === order.key);
      if (thawed.length > 0) return this.tell(order, thawed);
      const frozen = lists.filter((list) => list.frozen && list.names.length > 0);
      checkShown(order, lists, frozen);
      const at = now();
      const { key, by } = order;
      const next = frozen.map((list) => ({
        ...releasing(list, at),
        thawed: { order: key, by, at: at.toISOString(), count: list.names.length },
      }));
      if (!(await frozenLists.writeAll(next, at))) continue;
      return this.tell(order, next);
    }
    throw new NotNowError('The sweep is writing the list right now. Try again in a minute.');
  }

  private async inScope(scope: string, lists: readonly FrozenList[]): Promise<FrozenList[]> {
    if (scope === wholeOrganization) return [...lists];
    const meant: FrozenList[] = [];
    for (const list of lists) {
      if (list.accountId === scope || (await this.liesUnder(list.accountId, scope))) meant.push(list);
    }
    return meant;
  }

  private async liesUnder(accountId: string, unit: string): Promise<boolean> {
    try {
      const { path } = await this.parts.organization.place(accountId);
      return path.some(({ id }) => id === unit);
    } catch (error) {
      // What left the organization lies nowhere.
      if (error instanceof UnknownAccountError) return false;
      throw error;
    }
  }

  private async tell(
    { key, scope, by }: OrderOf<'thaw'>,
    lists: readonly FrozenList[],
  ): Promise<OrderAnswer> {
    const count = lists.reduce((sum, { thawed }) => sum + (thawed?.count ?? 0), 0);
    const scopes = [scope, wholeOrganization, ...lists.map(({ accountId }) => accountId)];
    const what = count === 1 ? '1 fix' : `${count} fixes`;
    const notice: Notice = {
      version: 1,
      noticeId: `thaw#${key}`,
      title: `Thawed: ${what} in ${nameOfScope(scope)}`,
      text: `${by} has released ${what} of backlog in ${nameOfScope(scope)}. Each resource is read again, and then fixed, under the limits.`,
      // The list of each of them is another one now, and with it that of the whole organization.
      ends: [...new Set(scopes)].map((each) => noticeSubject({ order: 'thaw', scope: each, list: '' })),
      at: lists[0]?.thawed?.at ?? '',
    };
    await this.parts.notices.give(notice, this.parts.now());
    const text = `Thawed: ${what}. From the next minute on each resource is read again, and then fixed, under the limits.`;
    return { version: orderVersion, done: true, text };
  }
}

/** @throws OrderRefusedError when the order means something else than is frozen now */
function checkShown(
  { scope, list }: OrderOf<'thaw'>,
  lists: readonly FrozenList[],
  frozen: readonly FrozenList[],
): void {
  if (frozen.length === 0) {
    const gathered = lists.some(({ names }) => names.length > 0);
    throw new OrderRefusedError(
      gathered
        ? 'Nothing was thawed: the list is still growing. Little of it is fixed by itself; else the channel is told of it, and it can be thawed then.'
        : `Nothing was thawed: nothing is frozen in ${nameOfScope(scope)}, or it was thawed before.`,
    );
  }
  const names = frozen.flatMap((each) => each.names);
  if (listDigest(names) !== list) {
    throw new OrderRefusedError(
      `Nothing was thawed: the list is not the one that was shown any more. ${names.length} fixes are frozen in ${nameOfScope(scope)} now, list ${listDigest(names)}. Look at it with staunch thaw, and thaw that one.`,
    );
  }
  if (frozen.length > mostListsAtOnce) {
    throw new OrderRefusedError(
      `Nothing was thawed: ${frozen.length} accounts have frozen fixes, and ${mostListsAtOnce} can be thawed together. Name an account or a unit.`,
    );
  }
}
