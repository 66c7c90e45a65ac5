import {
  bind,
  clockMilliseconds,
  marginMilliseconds,
  quietMilliseconds,
  restMilliseconds,
} from '../../../hub-functions/patrol/dispatcher/binding';
import type { TypeCoverage } from '../../../ledger/coverage/place-coverage';

const group = 'AWS::EC2::SecurityGroup';
const bucket = 'AWS::S3::Bucket';
const zero = Date.parse('2026-11-27T00:00:00.000Z');
const at = (milliseconds: number) => new Date(zero + milliseconds).toISOString();
const minute = 60_000;

/** What becomes of a request of a time for one type, at a time. */
function asked(own: number, now: number, known?: TypeCoverage) {
  const message = { startedAt: at(own), resourceTypes: [group] };
  return bind(known && { types: { [group]: known } }, message, [group], new Date(zero + now));
}
const kindOf = (...of: Parameters<typeof asked>) => asked(...of).kind;

describe('a request for a walk', () => {
  it('begins at once where nothing is known', () => {
    expect(asked(0, 0)).toEqual({ kind: 'begin', types: [group], at: new Date(zero) });
  });

  it('names its chain by a time after the message and after all that has begun, whatever this clock says', () => {
    expect(asked(3_000, 0)).toMatchObject({ kind: 'begin', at: new Date(zero + 3_000) });
    // A wrong clock: a walk would be said to have seen what is still to come.
    expect(asked(60 * minute, 0)).toMatchObject({ kind: 'begin', at: new Date(zero + clockMilliseconds) });
    const known = { startedAt: at(4_000) };
    expect(asked(3_000, 0, known)).toMatchObject({ kind: 'begin', at: new Date(zero + 4_001) });
  });

  it('is seen by a walk that is through and began after it, by more than clocks differ', () => {
    const began = 60 * minute;
    const known = { coveredAt: at(began), resources: 1 };
    expect(kindOf(began - marginMilliseconds, began, known)).toBe('seen');
    expect(kindOf(began - marginMilliseconds + 1, began, known)).toBe('wait');
  });

  it('is seen by one that AWS refused: the schedule tries again', () => {
    const problem = { words: 'AccessDenied', at: at(minute), startedAt: at(minute) };
    expect(kindOf(0, minute, { startedAt: at(minute), problem })).toBe('seen');
  });

  it('is not seen by a walk that only began: that may die, and the message may be its own', () => {
    const known = { startedAt: at(minute), walkedAt: at(minute) };
    expect(kindOf(0, 2 * minute, known)).toBe('wait');
    expect(kindOf(0, minute + quietMilliseconds, known)).toBe('begin');
  });

  it('waits until the rest after the latest walk is over', () => {
    const known = { coveredAt: at(0), resources: 1 };
    expect(asked(minute, 2 * minute, known)).toEqual({
      kind: 'wait',
      until: new Date(zero + restMilliseconds),
      asked: [{ type: group, at: at(minute), until: at(restMilliseconds) }],
    });
    expect(kindOf(minute, restMilliseconds, known)).toBe('begin');
  });

  it('does not end a chain that shows life, however long that goes on', () => {
    const known = { startedAt: at(0), walkedAt: at(60 * minute) };
    expect(kindOf(minute, 60 * minute + quietMilliseconds - 1, known)).toBe('wait');
    expect(asked(minute, 61 * minute, known)).toMatchObject({
      until: new Date(zero + 61 * minute + restMilliseconds),
    });
  });

  it('waits for no chain that a later message has ended', () => {
    const known = { startedAt: at(20 * minute), walkedAt: at(15 * minute) };
    expect(kindOf(minute, 20 * minute, known)).toBe('begin');
  });

  it('is stood for by a message that surely waits still', () => {
    const known = { coveredAt: at(0), asked: { at: at(minute), until: at(restMilliseconds) } };
    expect(asked(2 * minute, 2 * minute, known)).toEqual({
      kind: 'stood-for',
      // Of the message that waits, not of this one.
      asked: [{ type: group, at: at(2 * minute), until: at(restMilliseconds) }],
    });
    const late = restMilliseconds - marginMilliseconds;
    expect(kindOf(late, late, known)).toBe('wait');
  });

  it('stands for a later one that was dropped', () => {
    const later = 4 * minute;
    const wish = { at: at(later), until: at(restMilliseconds) };
    const own = minute;
    expect(kindOf(own, 5 * minute, { coveredAt: at(later), asked: wish })).toBe('wait');
    expect(kindOf(own, 5 * minute, { coveredAt: at(later + marginMilliseconds), asked: wish })).toBe('seen');
  });
});

describe('a request for a whole account', () => {
  const ofAll = (now: number, types: Record<string, TypeCoverage>) =>
    bind({ types }, { startedAt: at(now) }, [group, bucket], new Date(zero + now));

  it('begins at once', () => {
    const known = { startedAt: at(0), walkedAt: at(0) };
    expect(ofAll(minute, { [group]: known, [bucket]: known })).toEqual({
      kind: 'begin',
      types: [group, bucket],
      at: new Date(zero + minute),
    });
  });

  it('is left to a later message of the schedule, and a request of the trail is not', () => {
    const known = { [group]: { startedAt: at(2 * minute), walkedAt: at(0) } };
    const whole = { startedAt: at(minute) };
    const now = new Date(zero + 3 * minute);
    expect(bind({ types: known }, whole, [group], now).kind).toBe('seen');
    expect(bind({ types: known }, { ...whole, startedAt: at(2 * minute) }, [group], now).kind).toBe('begin');
    expect(bind({ types: known }, { ...whole, resourceTypes: [group] }, [group], now).kind).not.toBe('seen');
  });

  it('leaves out what is seen', () => {
    expect(ofAll(0, { [group]: { coveredAt: at(minute), resources: 0 } })).toEqual({
      kind: 'begin',
      types: [bucket],
      at: new Date(zero),
    });
  });
});
