import fc from 'fast-check';
import { type FixLog, freeAt, lastHour, withFix, withoutFix } from '../../../ledger/limits/fix-log';

const now = new Date('2026-11-23T10:00:00.000Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);

describe('the fixes of an hour', () => {
  it('take one more while the limit allows it', () => {
    expect(withFix({ a: ago(10) }, 'b', 2, now)).toEqual({ log: { a: ago(10), b: now.toISOString() } });
  });

  it('say when the next one is allowed once they are used up', () => {
    expect(withFix({ a: ago(50), b: ago(10) }, 'c', 2, now)).toEqual({ freeAt: later(now, 10) });
    expect(withFix({ a: ago(50), b: ago(10), c: ago(5) }, 'd', 2, now)).toEqual({ freeAt: later(now, 50) });
  });

  it('forget what is an hour old', () => {
    expect(withFix({ a: ago(60) }, 'b', 1, now)).toEqual({ log: { b: now.toISOString() } });
  });

  it('count the same fix once', () => {
    expect(withFix({ a: ago(10) }, 'a', 1, now)).toEqual({ log: { a: ago(10) } });
    expect(withoutFix({ a: ago(10) }, 'a')).toEqual({});
  });

  it('never let more through in any hour than the limit, however they come', () => {
    const steps = fc.array(fc.record({ fix: fc.nat(40), minutes: fc.nat(20) }), { maxLength: 120 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 7 }), (asked, limit) => {
        let log: FixLog = {};
        let time = now;
        const allowed: { fix: string; at: number }[] = [];
        for (const { fix, minutes } of asked) {
          time = later(time, minutes);
          const next = withFix(log, `fix-${fix}`, limit, time);
          if ('freeAt' in next) {
            expect(next.freeAt.getTime()).toBeGreaterThan(time.getTime());
            // What it promises holds.
            expect(withFix(log, `fix-${fix}`, limit, next.freeAt)).toHaveProperty('log');
            continue;
          }
          if (
            !Object.hasOwn(log, `fix-${fix}`) ||
            Date.parse(log[`fix-${fix}`] ?? '') <= time.getTime() - 3_600_000
          ) {
            allowed.push({ fix: `fix-${fix}`, at: time.getTime() });
          }
          log = next.log;
        }
        for (const { at } of allowed) {
          const within = allowed.filter((other) => other.at > at - 3_600_000 && other.at <= at);
          expect(within.length).toBeLessThanOrEqual(limit);
        }
      }),
      { seed: 20_261_123, numRuns: 2_000 },
    );
  });
});

describe('freeAt', () => {
  it('is now while there is room', () => {
    expect(freeAt({}, 1, now)).toBeUndefined();
    expect(freeAt({ a: ago(10), b: ago(60) }, 2, now)).toBeUndefined();
  });

  it('is when so many have left the hour that one more fits', () => {
    expect(freeAt({ a: ago(50) }, 1, now)).toEqual(later(now, 10));
    // A limit that was made smaller since.
    expect(freeAt({ a: ago(50), b: ago(40), c: ago(5) }, 2, now)).toEqual(later(now, 20));
  });

  const logs = fc
    .array(fc.integer({ min: -5, max: 90 }), { maxLength: 30 })
    .map((minutes): FixLog => Object.fromEntries(minutes.map((each, index) => [`fix-${index}`, ago(each)])));

  it('is the first moment at which there is room, and changes nothing of the log', () => {
    fc.assert(
      fc.property(logs, fc.integer({ min: 1, max: 12 }), (log, limit) => {
        const before = { ...log };
        const free = freeAt(log, limit, now);
        const count = (time: Date) => Object.keys(lastHour(log, time)).length;
        if (!free) expect(count(now)).toBeLessThan(limit);
        else {
          expect(free.getTime()).toBeGreaterThan(now.getTime());
          expect(count(free)).toBeLessThan(limit);
          expect(count(new Date(free.getTime() - 1))).toBeGreaterThanOrEqual(limit);
        }
        expect(log).toEqual(before);
      }),
      { seed: 20_261_123 },
    );
  });
});
