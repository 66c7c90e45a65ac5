import fc from 'fast-check';
import { emptyList, listsToTell, nextLists, releasing, toldList } from '../../decision/thawing';
import type { FrozenList } from '../../ledger/limits/frozen-list';

const start = Date.parse('2026-11-23T10:00:00.000Z');
const at = (minutes: number) => new Date(start + minutes * 60_000);
const names = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => (from + index).toString(16).padStart(16, '0'));
const rules = { most: { account: 25, organization: 100 }, isLookedThrough: true };

/** Sweeps, a minute each, with what is frozen in each account by then. */
function swept(
  turns: readonly (readonly (readonly string[])[])[],
  more: Partial<typeof rules> = {},
): FrozenList[] {
  let lists = (turns[0] ?? []).map((_, index) => emptyList(String(index), at(0)));
  turns.forEach((turn, minute) => {
    lists = nextLists(
      lists.map((list, index) => ({
        list,
        names: (turn[index] ?? []).filter((name) => !list.releasing?.names.includes(name)),
      })),
      { ...rules, ...more },
      at(minute),
    );
  });
  return lists;
}
const times = <Turn>(count: number, turn: Turn): Turn[] => Array.from({ length: count }, () => turn);

describe('backlog', () => {
  it('is neither released nor frozen before nothing has joined it for three sweeps', () => {
    const [list] = swept(times(3, [names(5)]));
    expect(list).toMatchObject({ names: names(5), frozen: false });
    expect(list).not.toHaveProperty('releasing');
  });

  it('is released where it is little, and remembered as that for a day', () => {
    const [list] = swept(times(4, [names(25)]));
    expect(list).toMatchObject({ names: [], releasing: { names: names(25) }, unattended: [{ count: 25 }] });
    const later = nextLists([{ list: list ?? emptyList('0', at(0)), names: [] }], rules, at(24 * 60 + 10));
    expect(later[0]?.unattended).toEqual([]);
  });

  it('is frozen where one account has more than the policy allows', () => {
    const lists = swept(times(4, [names(26), names(3, 100)]));
    expect(lists.map(({ frozen }) => frozen)).toEqual([true, false]);
    expect(lists[1]?.releasing?.names).toEqual(names(3, 100));
  });

  it('is frozen everywhere where all accounts together have more', () => {
    const lists = swept(times(4, [names(25), names(25, 100), names(25, 200), names(25, 300), names(1, 400)]));
    expect(lists.every(({ frozen }) => frozen)).toBe(true);
  });

  it('that comes in small lots is no way around that', () => {
    const turns = [...times(4, [names(20)]), ...times(4, [[...names(20), ...names(10, 100)]])];
    expect(swept(turns)[0]).toMatchObject({ names: names(10, 100), frozen: true });
  });

  it('of no account is released while another one’s grows, for an hour at most', () => {
    const growing = Array.from({ length: 50 }, (_, minute) => [names(2), names(minute + 1, 100)]);
    expect(swept(growing)[0]).not.toHaveProperty('releasing');
    const longer = Array.from({ length: 63 }, (_, minute) => [names(2), names(minute + 1, 100)]);
    expect(swept(longer).map(({ frozen }) => frozen)).toEqual([true, true]);
  });

  it('is released by nobody before the ledger was looked through', () => {
    expect(swept(times(10, [names(2)]), { isLookedThrough: false })[0]).toMatchObject({ names: names(2) });
  });

  it('is told once, and again an hour later where something has joined it', () => {
    const [list = emptyList('0', at(0))] = swept(times(4, [names(26)]));
    expect(listsToTell([list], at(3))).toEqual([list]);
    const told = toldList(list, at(3));
    expect(listsToTell([told], at(200))).toEqual([]);
    let [grown = told] = nextLists([{ list: told, names: names(27) }], rules, at(4));
    for (let minute = 5; minute < 8; minute += 1) {
      [grown = told] = nextLists([{ list: grown, names: names(27) }], rules, at(minute));
    }
    expect(listsToTell([grown], at(9))).toEqual([]);
    expect(listsToTell([grown], at(64))).toEqual([grown]);
  });

  it('stays frozen where it shrinks, until a person thaws it', () => {
    const lists = swept([...times(4, [names(26)]), ...times(10, [names(2)])]);
    expect(lists[0]).toMatchObject({ names: names(2), frozen: true });
    expect(releasing(lists[0] ?? emptyList('0', at(0)), at(20))).toMatchObject({
      names: [],
      frozen: false,
      releasing: { names: names(2) },
    });
  });

  it('is never released beyond what a day allows, whatever comes when', () => {
    const turn = fc.array(fc.nat({ max: 60 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(turn, { minLength: 4, maxLength: 40 }), (counts) => {
        const lists = swept(counts.map((each) => each.map((count, index) => names(count, index * 1000))));
        const released = lists.map(({ unattended }) => unattended.reduce((sum, { count }) => sum + count, 0));
        expect(Math.max(...released)).toBeLessThanOrEqual(25);
      }),
      { seed: 20261127, numRuns: 200 },
    );
  });
});
