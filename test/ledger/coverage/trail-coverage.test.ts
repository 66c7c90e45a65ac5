import fc from 'fast-check';
import { type TrailCoverage, type TrailReading, withReading } from '../../../ledger/coverage/trail-coverage';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 10, minute)).toISOString();
const knownAfter = (...readings: [TrailReading, number][]): TrailCoverage | undefined =>
  readings.reduce<TrailCoverage | undefined>(
    (known, [reading, minute]) => withReading(known, reading, at(minute)),
    undefined,
  );
const logs: TrailReading = { isLogging: true };
const none: TrailReading = { isLogging: false };
const denied: TrailReading = { words: 'AccessDenied' };

describe('what is known of a trail', () => {
  it('is what was read last, and when one was last seen logging', () => {
    expect(knownAfter([logs, 1], [none, 2])).toEqual({ readAt: at(2), isLogging: false, loggedAt: at(1) });
    expect(knownAfter([none, 1], [logs, 2])).toEqual({ readAt: at(2), isLogging: true, loggedAt: at(2) });
  });

  it('stays what it was where AWS does not tell, with why', () => {
    expect(knownAfter([logs, 1], [denied, 2])).toEqual({
      ...{ readAt: at(1), isLogging: true, loggedAt: at(1) },
      problem: { words: 'AccessDenied', at: at(2) },
    });
    expect(knownAfter([denied, 1], [logs, 2])).not.toHaveProperty('problem');
  });

  it('is that none logs where two readings of the same time differ', () => {
    expect(knownAfter([none, 1], [logs, 1])).toMatchObject({ isLogging: false, loggedAt: at(1) });
  });

  it('is the same in whatever order readings arrive, and however often', () => {
    const reading = fc.tuple(
      fc.constantFrom<TrailReading>(logs, none, denied, { words: 'Throttled' }),
      fc.integer({ min: 0, max: 5 }),
    );
    const readings = fc.array(reading, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(readings, fc.infiniteStream(fc.nat()), (all, keys) => {
        const shuffled = [...all, ...all]
          .map((each) => [keys.next().value ?? 0, each] as const)
          .sort(([one], [other]) => one - other)
          .map(([, each]) => each);
        expect(knownAfter(...shuffled)).toEqual(knownAfter(...all));
      }),
      { seed: 12 },
    );
  });
});
