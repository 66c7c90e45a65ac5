import { inTurn } from '../../bench/in-turn';
import { median } from '../../bench/median';

describe('a comparison in turn', () => {
  /** Rivals that spend what is listed, round by round. */
  function compare(ours: number[], theirs: number[], warmUps = 0) {
    let spent = 0;
    const order: string[] = [];
    const rival = (name: string, costs: number[]) => () => {
      spent += costs.shift() ?? Number.NaN;
      order.push(name);
    };
    const rivals = { ours: rival('ours', ours), theirs: rival('theirs', theirs) };
    const rounds = ours.length - warmUps;
    return { ...inTurn(rivals, { rounds, warmUps, spent: () => spent }), order };
  }

  it('is the median of what the rounds say, so that what slows a round decides nothing', () => {
    const { ours, theirs, ratio } = compare([10, 20, 10, 10, 90], [5, 10, 5, 5, 5]);
    expect({ ours, theirs, ratio }).toEqual({ ours: 10, theirs: 5, ratio: 0.5 });
  });

  it('says of two that grow slower together how fast one is beside the other', () => {
    expect(compare([1, 10, 100], [2, 20, 200]).ratio).toBe(2);
  });

  it('lets neither run before the other more than once', () => {
    expect(compare([1, 1], [1, 1]).order).toEqual(['ours', 'theirs', 'ours', 'theirs']);
  });

  it('counts nothing of the rounds that warm up', () => {
    expect(compare([500, 400, 4], [1, 1, 8], 2)).toMatchObject({ ours: 4, theirs: 8, ratio: 2 });
  });
});

describe('the median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 3],
    [[], Number.NaN],
  ])('of %j is %d', (numbers, expected) => {
    expect(median(numbers)).toBe(expected);
  });
});
