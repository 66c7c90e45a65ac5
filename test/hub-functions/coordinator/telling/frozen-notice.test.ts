import { listDigest, nameInList } from '../../../../core/frozen-list';
import { noticeSchema } from '../../../../core/notice';
import { frozenNotice } from '../../../../hub-functions/coordinator/telling/frozen-notice';
import type { FrozenList } from '../../../../ledger/limits/frozen-list';

const now = new Date('2026-11-27T10:00:00.000Z');
const listOf = (number: number, count = 2): FrozenList => {
  const accountId = String(100_000_000_000 + number);
  const finding = (index: number) => ({ finding: `${accountId}#${index}`, record: 'occurrence#000001' });
  return {
    accountId,
    version: 1,
    names: Array.from({ length: count }, (_, index) => nameInList(finding(index))),
    since: now.toISOString(),
    quiet: 5,
    frozen: true,
    unattended: [],
  };
};

describe('the button under frozen backlog', () => {
  it('releases the list of one account, and nothing that was told earlier', () => {
    const [told, earlier] = [listOf(1), listOf(2)];
    expect(frozenNotice([told], [told, earlier], now).actions).toEqual([
      { order: 'thaw', scope: told.accountId, list: listDigest(told.names) },
    ]);
  });

  it('is one for all accounts where all that is frozen is told', () => {
    const lists = [listOf(1), listOf(2), listOf(3)];
    expect(frozenNotice(lists, lists, now).actions).toEqual([
      { order: 'thaw', scope: 'organization', list: listDigest(lists.flatMap(({ names }) => names)) },
    ]);
  });

  it('is one for each account that is named where one order would release more than is told, or too much', () => {
    const lists = [listOf(1, 3), listOf(2)];
    const more = frozenNotice(lists, [...lists, listOf(3)], now);
    expect(more.actions?.map((action) => action.order === 'thaw' && action.scope)).toEqual([
      '100000000001',
      '100000000002',
    ]);
    const many = Array.from({ length: 101 }, (_, index) => listOf(index));
    const notice = frozenNotice(many, many, now);
    expect(notice.actions).toHaveLength(15);
    expect(noticeSchema.parse(notice)).toEqual(notice);
  });
});
