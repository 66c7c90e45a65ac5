import { columnsOf, standardOutput } from '../../cli/terminal';

describe('the width of a line', () => {
  it.each([
    [{ isTTY: true, columns: 120 }, 120],
    [{ isTTY: true, columns: 0 }, 80],
    [{ isTTY: true }, 80],
    [{}, Number.POSITIVE_INFINITY],
  ])('on %j', (stream, columns) => {
    expect(standardOutput(stream).columns).toBe(columns);
  });

  it('of a table is 80 where nothing says', () => {
    expect([columnsOf({}), columnsOf({ columns: 0 }), columnsOf({ columns: 79 })]).toEqual([80, 80, 79]);
  });
});
