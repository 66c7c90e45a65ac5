import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ledgerTableName } from '../../../core/names';
import { type Card, emptyCard } from '../../../ledger/cards/card';
import { Cards } from '../../../ledger/cards/cards';
import { Channels } from '../../../ledger/cards/channels';
import { listDigestOf } from '../../../ledger/cards/list-digest';
import { DigestMembers } from '../../../ledger/cards/members';
import { Outbox } from '../../../ledger/cards/outbox';
import { pagesOf } from '../../../ledger/cards/pages';
import { RecordError } from '../../../ledger/table/errors';
import { cardOf } from '../../hub-functions/card/support/cards';
import { testReport } from '../../hub-functions/notifier/events';
import { TestClock } from '../../support/clock';
import { strictDocuments } from '../../support/strict-documents';

const waiting = { ...testReport, state: 'waiting' as const, planDigest: 'f'.repeat(32) };
const other = { ...waiting, reportId: 'r-2', finding: { ...testReport.finding, resourceId: 'sg-2' } };

function world() {
  const documents = strictDocuments();
  const clock = new TestClock();
  return {
    documents,
    clock,
    cards: new Cards(documents, ledgerTableName, clock.now),
    outbox: new Outbox(documents, ledgerTableName),
    members: new DigestMembers(documents, ledgerTableName),
    channels: new Channels(documents, ledgerTableName),
  };
}
const workOf = (by: string, now: Date) => ({
  ...{ what: 'approve', by, at: now.toISOString() },
  until: new Date(now.getTime() + 60_000).toISOString(),
});

describe('a card', () => {
  it('is read as it was written, and says which finding it shows', async () => {
    const { cards } = world();
    const card = cardOf([waiting, other]);
    expect(await cards.create(card)).toBe(true);
    expect(await cards.read(card.cardId)).toEqual({ ...card, version: 1 });
    for (const { finding } of [waiting, other]) {
      expect(await cards.of({ finding, occurrence: 1 })).toEqual([
        { channel: card.channel, cardId: card.cardId },
      ]);
    }
  });

  it('is not made where a finding of it has one in the channel: nothing is written', async () => {
    const { cards } = world();
    await cards.create(cardOf([waiting]));
    const second: Card = { ...cardOf([waiting, other]), cardId: 'second' };
    expect(await cards.create(second)).toBe(false);
    expect(await cards.read('second')).toBeUndefined();
    expect(await cards.of({ finding: other.finding, occurrence: 1 })).toEqual([]);
  });

  it('is changed by all who change it at once', async () => {
    const { cards } = world();
    const card = cardOf([waiting]);
    await cards.create(card);
    await Promise.all(
      Array.from({ length: 5 }, () =>
        cards.change(card.cardId, (before) => ({ ...before, repliesOmitted: before.repliesOmitted + 1 })),
      ),
    );
    expect((await cards.read(card.cardId))?.repliesOmitted).toBe(5);
  });

  it('that cannot be understood is said to be so', async () => {
    const { cards, documents } = world();
    const Item = { finding: 'card#broken', record: 'card', card: '{}', version: 1 };
    await documents.send(new PutCommand({ TableName: ledgerTableName, Item }));
    await expect(cards.read('broken')).rejects.toThrow(RecordError);
  });

  it('has a list that is another one as soon as a plan, or who is asked, is', () => {
    const digests = [
      cardOf([waiting, other]),
      cardOf([other, waiting]),
      cardOf([waiting]),
      cardOf([waiting, { ...other, planDigest: 'e'.repeat(32) }]),
      cardOf([waiting, { ...other, state: 'fixed' }]),
    ].map(listDigestOf);
    expect(digests[0]).toBe(digests[1]);
    expect(digests[2]).toBe(digests[4]);
    expect(new Set(digests).size).toBe(3);
  });
});

describe('work on findings', () => {
  it('is marked on every card, and announced to each channel', async () => {
    const { cards, outbox, clock } = world();
    const central = cardOf([waiting, other]);
    const route = { ...cardOf([waiting]), cardId: 'route', channel: 'CROUTE' };
    for (const card of [central, route]) await cards.create(card);
    const result = await cards.working([waiting], workOf('Alice', clock.now()));
    expect(result.cards.map(({ cardId }) => cardId).sort()).toEqual([central.cardId, 'route'].sort());
    expect(await outbox.all('CROUTE')).toHaveLength(1);
    expect(await outbox.all(central.channel)).toHaveLength(1);
  });

  it('of several findings leaves those that somebody else works on', async () => {
    const { cards, clock } = world();
    const card = cardOf([waiting, other]);
    await cards.create(card);
    const alice = workOf('Alice', clock.now());
    const bob = workOf('Bob', clock.now());
    await cards.working([waiting], alice);
    expect(await cards.working([waiting, other], bob)).toMatchObject({ taken: alice });
    const now = await cards.read(card.cardId);
    expect(now?.findings.map(({ working }) => working)).toEqual([alice, bob]);
  });

  it('of nothing that any card shows is nothing', async () => {
    const { cards, clock } = world();
    expect(await cards.working([waiting], workOf('Alice', clock.now()))).toEqual({ cards: [] });
  });
});

describe('a digest', () => {
  it('has the cards that it stands for in pages, each as it is now', async () => {
    const { cards, members, clock } = world();
    const digest = {
      ...emptyCard('C0123456789', 'digest', clock.now()),
      storm: {
        ...{ since: 'x', lastAt: 'x', findings: 0, accounts: 0, states: {}, rows: [], moreRows: 0 },
        approvers: { users: [], groups: [] },
      },
    };
    await cards.create(digest);
    for (let number = 0; number < 30; number += 1) {
      const finding = { ...testReport.finding, resourceId: `sg-${number}` };
      const card = { ...cardOf([{ ...waiting, finding }]), cardId: `card-${number}` };
      await cards.create(card);
      const taken = await cards.change(card.cardId, (before) => ({ ...before, digest: digest.cardId }));
      if (taken) await cards.announce(taken);
    }
    expect(await members.of(digest.cardId)).toHaveLength(30);
    const seen = new Set<string>();
    const first = await cards.listed(digest.cardId);
    for (let page = 0; page < (first?.pages ?? 0); page += 1) {
      for (const { cardId } of (await cards.listed(digest.cardId, page))?.cards ?? []) seen.add(cardId);
    }
    expect([first?.pages, seen.size]).toEqual([3, 30]);
    expect(await cards.listed(digest.cardId, 99)).toMatchObject({ page: 2 });
  });

  it('keeps of each what its latest version says, in whatever order it is told', async () => {
    const { members, clock } = world();
    const card = { ...cardOf([waiting]), digest: 'd' };
    await members.put({ ...cardOf([{ ...waiting, state: 'fixed' }]), digest: 'd', version: 3 }, clock.now());
    await members.put({ ...card, version: 2 }, clock.now());
    expect((await members.of('d'))[0]?.findings[0]?.state).toBe('fixed');
  });

  it('has pages that no card is divided by', () => {
    const member = (count: number) => ({
      ...{ cardId: 'c', accountId: '1', control: 'x', approvers: { users: [], groups: [] } },
      findings: Array.from({ length: count }, () => ({
        ...{ region: 'r', resourceId: 'x', occurrence: 1, state: 'fixed' as const },
      })),
    });
    const pages = pagesOf([10, 3, 9, 1, 10].map(member));
    expect(pages.map((page) => page.map(({ findings }) => findings.length))).toEqual([[10], [3, 9], [1, 10]]);
    expect(pagesOf([])).toEqual([]);
  });
});

describe('the outbox', () => {
  it('keeps an entry that was written again since it was read', async () => {
    const { outbox } = world();
    const entry = { channel: 'C1', cardId: 'c', dueAt: '2026-11-23T10:00:00.000Z', isNew: true };
    await outbox.put(entry);
    const [read] = await outbox.all('C1');
    await outbox.put(entry);
    if (read) await outbox.done(read);
    if (read) await outbox.comeAgain(read, new Date('2026-11-24T10:00:00.000Z'));
    expect(await outbox.all('C1')).toMatchObject([entry]);
    const [again] = await outbox.all('C1');
    if (again) await outbox.done(again);
    expect(await outbox.all('C1')).toEqual([]);
  });
});

describe('a channel', () => {
  it('is posted to by one at a time, and by another one once that one is given up', async () => {
    const { channels, clock } = world();
    const until = () => new Date(clock.now().getTime() + 60_000);
    const first = await channels.take('C1', 'one', clock.now(), until());
    expect(await channels.take('C1', 'two', clock.now(), until())).toBeUndefined();
    clock.advance({ seconds: 61 });
    const second = await channels.take('C1', 'two', clock.now(), until());
    expect(second).toBeDefined();
    // Whoever was thought to be gone notices it with his next write.
    expect(await first?.save({ begun: [1] })).toBe(false);
    await second?.save({ begun: [2] });
    await second?.giveBack();
    const third = await channels.take('C1', 'three', clock.now(), until());
    expect(third?.state).toEqual({ begun: [2] });
  });
});
