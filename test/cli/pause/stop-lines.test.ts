import { stopLines } from '../../../cli/pause/stop-lines';

const stop = (scope: string) => ({
  scope,
  reason: 'change\u001b[2J freeze',
  by: 'ada',
  at: '2026-11-23T09:00:00.000Z',
});

const now = new Date('2026-11-23T10:00:00.000Z');

describe('what is paused', () => {
  it('is a line each, everything first, without what controls a terminal', () => {
    expect(stopLines([stop('333333333333'), stop('organization')], now)).toEqual([
      'Staunch is paused everywhere since 2026-11-23 09:00 UTC, by ada: change freeze',
      'Staunch is paused in 333333333333 since 2026-11-23 09:00 UTC, by ada: change freeze',
    ]);
    expect(stopLines([], now)).toEqual([]);
  });

  it('says until when, and is nothing from then on', () => {
    const lasting = { ...stop('organization'), until: '2026-11-23T10:30:00.000Z' };
    expect(stopLines([lasting], now)).toEqual([
      'Staunch is paused everywhere since 2026-11-23 09:00 UTC, until 2026-11-23 10:30 UTC, by ada: change freeze',
    ]);
    expect(stopLines([lasting, stop('333333333333')], new Date(lasting.until))).toEqual([
      'Staunch is paused in 333333333333 since 2026-11-23 09:00 UTC, by ada: change freeze',
    ]);
  });
});
