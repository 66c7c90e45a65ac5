import { stopLines } from '../../../cli/pause/stop-lines';

const stop = (scope: string) => ({
  scope,
  reason: 'change\u001b[2J freeze',
  by: 'ada',
  at: '2026-11-23T09:00:00.000Z',
});

describe('what is paused', () => {
  it('is a line each, everything first, without what controls a terminal', () => {
    expect(stopLines({ stops: [stop('333333333333'), stop('organization')] })).toEqual([
      'Staunch is paused everywhere since 2026-11-23 09:00 UTC, by ada: change freeze',
      'Staunch is paused in 333333333333 since 2026-11-23 09:00 UTC, by ada: change freeze',
    ]);
    expect(stopLines({ stops: [] })).toEqual([]);
  });

  it('says until when', () => {
    const lasting = { ...stop('organization'), until: '2026-11-23T10:30:00.000Z' };
    expect(stopLines({ stops: [lasting] })).toEqual([
      'Staunch is paused everywhere since 2026-11-23 09:00 UTC, until 2026-11-23 10:30 UTC, by ada: change freeze',
    ]);
  });

  it('is everything where the switch cannot be read, and it is said why', () => {
    expect(stopLines({ unreadable: 'The item\nx cannot be understood.' })).toEqual([
      'Staunch is stopped everywhere, because its stop switch cannot be read: The item x cannot be understood.',
    ]);
  });
});
