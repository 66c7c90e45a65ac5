import { measurementGroups } from '../../bench/groups';
import { isMeasured, type Measurement, misses } from '../../bench/measurement';
import { figuresOf, summaryOf, tableOf } from '../../bench/table';

const lower = (value: number, limit?: number): Measurement => ({
  name: 'npm start',
  value,
  unit: 's',
  better: 'lower',
  ...(limit !== undefined && { limit }),
});
const higher = (value: number, limit?: number): Measurement => ({ ...lower(value, limit), better: 'higher' });

/** The only figure of a run, and what it was before. */
const only = (measurement: Measurement, before?: number) => {
  const last = new Map(before === undefined ? [] : [['times: npm start', before]]);
  const [figure] = figuresOf([{ title: 'times', measurements: [measurement] }], last);
  if (figure === undefined) throw new Error('There is no figure.');
  return figure;
};
/** The line of the only figure. */
const row = (measurement: Measurement, before?: number) =>
  tableOf([only(measurement, before)])
    .split('\n')
    .find((line) => line.includes('npm start'))
    ?.split('│')
    .slice(1, -1)
    .map((cell) => cell.trim());

describe('a figure', () => {
  it.each([
    ['below a limit that it may not pass', lower(9, 10), false],
    ['at such a limit', lower(10, 10), false],
    ['above such a limit', lower(11, 10), true],
    ['below a limit that it has to reach', higher(0.79, 0.8), true],
    ['at that limit', higher(0.8, 0.8), false],
    ['that could not be measured', lower(Number.NaN, 10), true],
    ['without a limit', lower(1e9), false],
  ])('%s: misses it is %#', (_, measurement, missed) => {
    expect(misses(measurement)).toBe(missed);
  });

  it.each([
    ['as it was', lower(10), 10, false],
    ['worse by what runs differ by', lower(11), 10, false],
    ['worse by a fifth', lower(12), 10, true],
    ['better by a half', lower(5), 10, false],
    ['less where more is better', higher(0.4), 0.5, true],
    ['more where more is better', higher(0.6), 0.5, false],
    ['more than nothing', lower(1), 0, true],
    ['measured for the first time', lower(1), undefined, false],
  ])('%s is worse or not: %#', (_, measurement, before, worse) => {
    expect(only(measurement, before).worse).toBe(worse);
  });
});

describe("the bench's table", () => {
  it('shows a figure beside its limit, its last value and what it is measured against', () => {
    expect(row({ ...lower(12.34, 16), beside: 'two cores' }, 11.9)).toEqual([
      '',
      'npm start',
      '12.3 s',
      '≤ 16',
      '11.9 (+4%)',
      'two cores',
    ]);
  });

  it('marks what misses its limit, and what is worse than before', () => {
    expect(row(lower(20, 16), 10)?.[0]).toBe('✗▲');
    expect(row(higher(0.9, 0.8), 0.5)?.[0]).toBe('');
    expect(row(higher(0.5, 0.8))?.slice(0, 4)).toEqual(['✗', 'npm start', '0.5 s', '≥ 0.8']);
  });

  it('shows that something could not be measured', () => {
    expect(row({ ...lower(Number.NaN, 16), beside: 'failed' }, 12)?.slice(0, 5)).toEqual([
      '✗',
      'npm start',
      '– s',
      '≤ 16',
      '12',
    ]);
  });

  it('has a heading for each group, once', () => {
    const groups = ['times', 'times', 'sizes'].map((title) => ({ title, measurements: [lower(1)] }));
    const lines = tableOf(figuresOf(groups, new Map())).split('\n');
    expect(lines.filter((line) => line.includes('TIMES'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('SIZES'))).toHaveLength(1);
  });

  it('ends with how many limits are missed, and how many figures are worse', () => {
    const figures = [only(lower(20, 16), 10), only(lower(1, 16)), only(lower(1))];
    expect(summaryOf(figures)).toBe(
      '3 figures. ✗ 1 of 2 limits missed. ▲ 1 worse than in the last run by more than 15%.',
    );
  });
});

describe('what the bench measures', () => {
  it('leaves out what takes minutes in a quick run, and measures what takes longer in a full one alone', () => {
    const measured = (takes: 'seconds' | 'minutes' | 'more') =>
      (['quick', 'usual', 'full'] as const).filter((extent) => isMeasured({ takes }, extent));
    expect(measured('seconds')).toEqual(['quick', 'usual', 'full']);
    expect(measured('minutes')).toEqual(['usual', 'full']);
    expect(measured('more')).toEqual(['full']);
  });

  it('has groups of the same title beside each other, since they share a heading', () => {
    const titles = measurementGroups.map(({ title }) => title);
    const headings = titles.filter((title, index) => title !== titles[index - 1]);
    expect(new Set(headings).size).toBe(headings.length);
  });
});
