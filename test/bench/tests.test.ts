import { testFigures } from '../../bench/groups/tests';

const record = (count: number) =>
  JSON.stringify({
    startedAt: '2026-11-27T10:20:30.000Z',
    seconds: 250.5,
    tests: 3 * count,
    files: Array.from({ length: count }, (_, index) => ({
      file: `test/${index}.test.ts`,
      seconds: index,
      tests: 3,
    })),
  });

describe('the figures of the last run of the tests', () => {
  it('are its time beside the limit of four minutes, and the ten slowest files', () => {
    const [whole, ...files] = testFigures(record(12));

    expect(whole).toMatchObject({
      value: 250.5,
      limit: 240,
      beside: '36 tests in 12 files, 2026-11-27 10:20 UTC',
    });
    expect(files.map(({ name, value }) => [name, value])).toEqual(
      Array.from({ length: 10 }, (_, index) => [`test/${11 - index}.test.ts`, 11 - index]),
    );
  });

  it('say so where no run is recorded', () => {
    expect(testFigures(undefined)).toEqual([
      expect.objectContaining({ value: Number.NaN, beside: 'no run is recorded: run npm test' }),
    ]);
  });

  it('are none of a record that is not understood', () => {
    expect(() => testFigures('{}')).toThrow();
  });
});
