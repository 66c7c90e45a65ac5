import { rateMilliseconds } from '../../../../sandbox/services/events/schedule';

describe('a rate expression', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(1 hour)', 3_600_000],
    ['rate(2 days)', 172_800_000],
  ])('%s is %d milliseconds', (expression, milliseconds) => {
    expect(rateMilliseconds(expression)).toBe(milliseconds);
  });

  it.each(['rate(1 minutes)', 'rate(5 minute)', 'rate(0 minutes)', 'rate(10 seconds)', 'cron(0 12 * * ? *)'])(
    '%s is refused',
    (expression) => {
      expect(() => rateMilliseconds(expression)).toThrow(expression);
    },
  );
});
