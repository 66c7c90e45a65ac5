import { InputError } from '../../../operator/errors';
import { parseOrderEnd } from '../../../operator/text/order-end';

const now = new Date('2026-11-23T10:00:00.000Z');

describe('the end of an undo or a pause', () => {
  it.each([
    ['30m', '2026-11-23T10:30:00.000Z'],
    ['12h', '2026-11-23T22:00:00.000Z'],
    ['30d', '2026-12-23T10:00:00.000Z'],
    ['2h', '2026-11-23T12:00:00.000Z'],
    ['2w', '2026-12-07T10:00:00.000Z'],
    ['365d', '2027-11-23T10:00:00.000Z'],
    ['2026-12-24', '2026-12-25T00:00:00.000Z'],
    ['2026-11-23', '2026-11-24T00:00:00.000Z'],
    ['2027-11-23', '2027-11-24T00:00:00.000Z'],
    ['2027-11-24T00:00Z', '2027-11-24T00:00:00.000Z'],
    ['2026-12-24T18:30Z', '2026-12-24T18:30:00.000Z'],
    ['2026-12-24T18:30:15+01:00', '2026-12-24T17:30:15.000Z'],
  ])('takes %s', (text, expected) => {
    expect(parseOrderEnd(text, now).toISOString()).toBe(expected);
  });

  it.each([
    ['words', 'tomorrow'],
    ['another word', 'friday'],
    ['nothing', ''],
    ['a span without a unit', '30'],
    ['a span of another unit', '30s'],
    ['a negative span', '-1d'],
    ['a time without its offset, which could be any', '2026-12-24T18:30'],
    ['a day that does not exist', '2026-11-31'],
    ['an hour that does not exist', '2026-12-24T25:00Z'],
    ['more than a date', '2026-12-24 18:00'],
  ])('does not take %s', (_, text) => {
    expect(() => parseOrderEnd(text, now)).toThrow(InputError);
    expect(() => parseOrderEnd(text, now)).toThrow(
      'should be a span in m, h, d or w such as 30m, 12h, 30d or 4w, a date',
    );
  });

  it.each([
    ['2020-01-01', '"2020-01-01", which lasts to the end of that day (2020-01-02 00:00 UTC)'],
    ['2026-11-22', '"2026-11-22", which lasts to the end of that day (2026-11-23 00:00 UTC)'],
    ['2026-11-23T10:00Z', '"2026-11-23T10:00Z", which ends at 2026-11-23 10:00 UTC'],
    ['2026-11-23T11:00+01:00', '"2026-11-23T11:00+01:00", which ends at 2026-11-23 10:00 UTC'],
    ['0d', '"0d", which ends at 2026-11-23 10:00 UTC'],
  ])('does not take %s, which is not ahead, and says it as it was typed', (text, said) => {
    expect(() => parseOrderEnd(text, now)).toThrow(
      `is ${said}, and should lie in the future: it is 2026-11-23 10:00 UTC now.`,
    );
  });

  it.each(['366d', '53w', '2027-11-24', '2027-11-24T00:00:00.001Z', '999999w'])(
    'does not take %s, which is too far ahead',
    (text) => {
      expect(() => parseOrderEnd(text, now)).toThrow('may be 365 days ahead at most');
    },
  );
});
