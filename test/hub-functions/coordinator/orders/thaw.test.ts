import { randomUUID } from 'node:crypto';
import { listDigest, nameInList } from '../../../../core/frozen-list';
import { type Notice, noticeSchema } from '../../../../core/notice';
import { Thaw } from '../../../../hub-functions/coordinator/orders/thaw';
import type { FrozenList } from '../../../../ledger/limits/frozen-list';
import { mostListsAtOnce } from '../../../../ledger/limits/frozen-lists';

const now = new Date('2026-11-27T10:00:00.000Z');
const listOf = (number: number): FrozenList => {
  const accountId = String(100_000_000_000 + number);
  return {
    accountId,
    version: 1,
    names: [nameInList({ finding: `${accountId}#1`, record: 'occurrence#000001' })],
    since: now.toISOString(),
    quiet: 5,
    frozen: true,
    unattended: [],
  };
};

/** Thaws, by whatever way the order came, and returns what the channel is told. */
async function thawed(scope: string, lists: FrozenList[]): Promise<Notice> {
  const notices: Notice[] = [];
  const thaw = new Thaw({
    frozenLists: { list: async () => lists, writeAll: async () => true },
    notices: { give: async (notice) => notices.push(notice) > 0 },
    organization: { place: async (accountId: string) => ({ accountId, path: [] }) } as never,
    now: () => now,
  });
  const list = listDigest(
    lists
      .filter((each) => scope === 'organization' || each.accountId === scope)
      .flatMap(({ names }) => names),
  );
  const order = {
    version: 2,
    order: 'thaw',
    key: randomUUID(),
    scope,
    list,
    by: 'Alice',
    at: now.toISOString(),
  };
  await thaw.thaw(order as never);
  return noticeSchema.parse(notices[0]);
}

describe('the notice of a thaw', () => {
  it('takes away every button for a list that is another one now', async () => {
    const [one, other] = [listOf(1), listOf(2)];
    expect((await thawed(one.accountId, [one, other])).ends).toEqual([
      `thaw ${one.accountId}`,
      'thaw organization',
    ]);
    expect((await thawed('organization', [one, other])).ends).toEqual([
      'thaw organization',
      `thaw ${one.accountId}`,
      `thaw ${other.accountId}`,
    ]);
  });

  it('has room for as many accounts as are thawed at once', async () => {
    const lists = Array.from({ length: mostListsAtOnce }, (_, number) => listOf(number));
    expect((await thawed('organization', lists)).ends).toHaveLength(mostListsAtOnce + 1);
  });
});
