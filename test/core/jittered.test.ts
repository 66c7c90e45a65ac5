import fc from 'fast-check';
import { jitteredMilliseconds, withRetries } from '../../core/jittered';

const seed = 20_261_123;
const tries = fc.integer({ min: 1, max: 60 });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
/** Waits for nothing, and remembers how long. */
const waiting = () => {
  const pauses: number[] = [];
  return { pauses, pause: async (milliseconds: number) => void pauses.push(milliseconds), random: () => 0.5 };
};

describe('jitteredMilliseconds', () => {
  it('stays within a bound that doubles from 20 milliseconds to a second', () => {
    fc.assert(
      fc.property(tries, random, (made, number) => {
        const milliseconds = jitteredMilliseconds(made, () => number);
        expect(Number.isInteger(milliseconds)).toBe(true);
        expect(milliseconds).toBeGreaterThanOrEqual(0);
        expect(milliseconds).toBeLessThanOrEqual(Math.min(20 * 2 ** (made - 1), 1_000));
      }),
      { seed },
    );
  });

  it('uses all of it', () => {
    expect(jitteredMilliseconds(3, () => 0)).toBe(0);
    expect(jitteredMilliseconds(3, () => 0.999)).toBe(80);
    expect(jitteredMilliseconds(40, () => 0.999)).toBe(999);
  });
});

describe('withRetries', () => {
  const failing = (times: number) => {
    let left = times;
    return async () => {
      left -= 1;
      if (left >= 0) throw new Error(`failed, ${left} to go`);
      return 'an answer';
    };
  };

  it('waits for nothing where the first try succeeds', async () => {
    const parts = waiting();
    expect(await withRetries(failing(0), parts)).toBe('an answer');
    expect(parts.pauses).toEqual([]);
  });

  it('tries three times, with pauses in between', async () => {
    const parts = waiting();
    expect(await withRetries(failing(2), parts)).toBe('an answer');
    expect(parts.pauses).toEqual([30, 40]);
  });

  it('throws what the last try throws', async () => {
    const parts = waiting();
    await expect(withRetries(failing(3), parts)).rejects.toThrow('failed, 0 to go');
    expect(parts.pauses).toHaveLength(2);
  });
});
