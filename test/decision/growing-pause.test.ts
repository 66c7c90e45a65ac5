import fc from 'fast-check';
import { nextFixAt } from '../../decision/growing-pause';

const now = new Date('2026-11-23T10:00:00.000Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
/** How many minutes from now the next fix is; undefined: at once. */
const wait = (fixes: Date[]) => {
  const next = nextFixAt({ fixes, now });
  return next && (next.getTime() - now.getTime()) / 60_000;
};
/** So many fixes, the last of them right now. */
const fixesUntilNow = (count: number) => Array.from({ length: count }, (_, index) => minutesAgo(index));
const seed = 20261123;

describe('nextFixAt', () => {
  it.each([0, 1])('lets the next fix be made at once after %i of them', (count) => {
    expect(wait(fixesUntilNow(count))).toBeUndefined();
  });

  it.each([
    [2, 2],
    [3, 4],
    [4, 8],
    [5, 16],
    [6, 32],
    [7, 60],
    [8, 60],
    [5_000, 60],
  ])('after %i fixes pauses for %i minutes', (count, minutes) => {
    expect(wait(Array.from({ length: count }, () => now))).toBe(minutes);
  });

  it('counts the pause from the last fix, whatever the order', () => {
    expect(wait([minutesAgo(1), minutesAgo(300), minutesAgo(90)])).toBe(3);
    expect(wait([minutesAgo(4), minutesAgo(300), minutesAgo(90)])).toBeUndefined();
  });

  it('forgets what is a day old', () => {
    const day = 24 * 60;
    expect(wait([minutesAgo(0), minutesAgo(day - 1)])).toBe(2);
    expect(wait([minutesAgo(0), minutesAgo(day), minutesAgo(day + 1)])).toBeUndefined();
  });

  it('is not put off by a clock that is ahead', () => {
    expect(wait([minutesAgo(-600), minutesAgo(5)])).toBe(2);
  });

  const fixes = fc.array(fc.integer({ min: -30, max: 2_000 }).map(minutesAgo), { maxLength: 60 });

  it('never pauses for more than an hour, and never looks back', () => {
    fc.assert(
      fc.property(fixes, (made) => {
        const minutes = wait(made);
        expect(minutes === undefined || (minutes > 0 && minutes <= 60)).toBe(true);
      }),
      { seed },
    );
  });

  it('never pauses for less because there was one more fix', () => {
    fc.assert(
      fc.property(fixes, fc.integer({ min: 0, max: 2_000 }).map(minutesAgo), (made, another) => {
        expect(wait([...made, another]) ?? 0).toBeGreaterThanOrEqual(wait(made) ?? 0);
      }),
      { seed },
    );
  });
});
