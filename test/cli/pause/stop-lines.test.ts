import { stopLines } from '../../../cli/pause/stop-lines';

const stop = (scope: string) => ({
  scope,
  reason: 'change\u001b[2J freeze',
  by: 'ada',
  at: '2026-11-23T09:00:00.000Z',
});

describe('what is paused', () => {
  it('is a line each, everything first, without what controls a terminal', () => {
    expect(stopLines([stop('333333333333'), stop('organization')])).toEqual([
      'Staunch is paused everywhere since 2026-11-23 09:00 UTC, by ada: change freeze',
      'Staunch is paused in 333333333333 since 2026-11-23 09:00 UTC, by ada: change freeze',
    ]);
    expect(stopLines([])).toEqual([]);
  });
});
