import { utc } from '../../core/utc';

describe('a time for people', () => {
  it.each([
    ['2026-11-23T10:04:59.999Z', '2026-11-23 10:04 UTC'],
    ['2026-11-23T11:04:00+01:00', '2026-11-23 10:04 UTC'],
    [new Date('2026-11-23T10:04:00.000Z'), '2026-11-23 10:04 UTC'],
    ['some day', 'some day'],
    ['', ''],
  ])('of %s is %s', (time, said) => {
    expect(utc(time)).toBe(said);
  });
});
