import { InputError } from '../../../operator/errors';
import { parsePauseEnd } from '../../../operator/pause/pause-end';

const now = new Date('2026-11-23T10:00:00.000Z');

describe('the end of a pause', () => {
  it.each([
    ['2026-12-24', '2026-12-25T00:00:00.000Z'],
    ['2026-11-23', '2026-11-24T00:00:00.000Z'],
    ['2h', '2026-11-23T12:00:00.000Z'],
    ['2026-12-24T18:30Z', '2026-12-24T18:30:00.000Z'],
    ['2026-12-24T18:30:15+01:00', '2026-12-24T17:30:15.000Z'],
    ['2027-11-24T10:00Z', '2027-11-24T10:00:00.000Z'],
  ])('of %s is %s: a date counts to the end of that day', (text, expected) => {
    expect(parsePauseEnd(text, now).toISOString()).toBe(expected);
  });

  it.each([
    ['words', 'friday'],
    ['nothing', ''],
    ['a span without its unit', '12'],
    ['a time without its offset, which could be any', '2026-12-24T18:30'],
    ['a day that does not exist', '2026-11-31'],
    ['more than a date', '2026-12-24 18:00'],
  ])('is not %s', (_, text) => {
    expect(() => parsePauseEnd(text, now)).toThrow(InputError);
    expect(() => parsePauseEnd(text, now)).toThrow(
      'should be a span such as 12h, 30d or 4w, a date such as 2026-12-24',
    );
  });

  it.each(['2026-11-22', '2026-11-23T10:00Z', '2026-11-23T11:00+01:00'])('lies ahead: not %s', (text) => {
    expect(() => parsePauseEnd(text, now)).toThrow('should lie ahead: it is 2026-11-23T10:00:00Z now');
  });

  it.each(['367d', '2027-11-24', '2027-11-24T10:00:00.001Z'])(
    'is no more than 366 days ahead: not %s',
    (text) => {
      expect(() => parsePauseEnd(text, now)).toThrow('366 days ahead at most');
    },
  );
});
