import { isUsable } from '../../hub-functions/usable-tree';

const minute = 60_000;
const day = 24 * 60 * minute;
const readAt = new Date('2026-11-23T10:00:00.000Z');
const tree = { rootId: 'r-abcd', units: new Map(), accounts: new Map(), readAt, tookMilliseconds: 0 };
const isUsableAfter = (milliseconds: number) => isUsable(tree, new Date(readAt.getTime() + milliseconds));

describe("the organization's tree", () => {
  it('says nothing any more after a day', () => {
    expect([isUsableAfter(0), isUsableAfter(day - 1), isUsableAfter(day)]).toEqual([true, true, false]);
  });

  it('may be of a clock that goes a minute ahead, and of none that goes further', () => {
    expect([isUsableAfter(1 - minute), isUsableAfter(-minute)]).toEqual([true, false]);
  });
});
