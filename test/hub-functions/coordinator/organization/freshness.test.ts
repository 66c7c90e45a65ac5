import {
  forcedMilliseconds,
  isDue,
  isOverdue,
  isQuick,
} from '../../../../hub-functions/coordinator/organization/freshness';

const readAt = new Date('2026-11-23T10:00:00.000Z');
const treeThatTook = (tookMilliseconds: number) => ({
  rootId: 'r-abcd',
  units: new Map(),
  accounts: new Map(),
  readAt,
  tookMilliseconds,
});
const later = (milliseconds: number) => new Date(readAt.getTime() + milliseconds);
const minute = 60_000;

describe("how old the organization's tree may become", () => {
  it.each([
    [2_000, 5 * minute, 5 * minute],
    [10_000, 5 * minute, 5 * minute],
    [20_000, 5 * minute, 10 * minute],
    [60_000, 10 * minute, 20 * minute],
  ])('follows from how long reading it took: %i ms', (took, due, overdue) => {
    const tree = treeThatTook(took);
    expect([isDue(tree, later(due - 1)), isDue(tree, later(due))]).toEqual([false, true]);
    expect([isOverdue(tree, later(overdue - 1)), isOverdue(tree, later(overdue))]).toEqual([false, true]);
  });

  it('leaves what takes more than ten seconds to the sweep', () => {
    expect([isQuick(treeThatTook(10_000)), isQuick(treeThatTook(10_001))]).toEqual([true, false]);
  });

  it('lets it be read out of turn once a minute, and for a tenth of the time', () => {
    expect([undefined, treeThatTook(2_000), treeThatTook(30_000)].map(forcedMilliseconds)).toEqual([
      minute,
      minute,
      5 * minute,
    ]);
  });
});
