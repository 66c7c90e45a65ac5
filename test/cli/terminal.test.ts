import { columnsOf } from '../../cli/columns';
import { standardOutput } from '../../cli/terminal';

describe('the width of a line, one less than the terminal', () => {
  it.each([
    [{ isTTY: true, columns: 120 }, 119],
    [{ isTTY: true, columns: 0 }, 79],
    [{ isTTY: true }, 79],
    [{}, Number.POSITIVE_INFINITY],
  ])('on %j', (stream, columns) => {
    expect(standardOutput(stream).columns).toBe(columns);
  });

  it('is 79 where nothing says', () => {
    expect([columnsOf({}), columnsOf({ columns: 0 }), columnsOf({ columns: 79 })]).toEqual([79, 79, 78]);
  });
});
