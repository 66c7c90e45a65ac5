import { planToDecideOn } from '../../../cli/decide/decidable';
import { recordOf } from '../records';

const exemption = {
  reason: 'needed',
  by: 'ada',
  until: '2026-12-01T00:00:00.000Z',
  writtenAt: '2026-11-01T00:00:00.000Z',
};

describe('a finding to decide on', () => {
  it('waits, and its plan is known by its digest', () => {
    expect(planToDecideOn(recordOf({ state: 'waiting', planDigest: 'abc' }), undefined)).toBe('abc');
  });

  it.each([
    [recordOf({ state: 'waiting' }), undefined, 'has no plan of it to decide on'],
    [recordOf({ state: 'undone' }), exemption, 'exempt until 2026-12-01 00:00 UTC, by ada: needed'],
    [recordOf({ state: 'fixed' }), undefined, 'does not wait for anybody: it is fixed.'],
    [
      recordOf({
        state: 'denied',
        decision: {
          what: 'denied',
          plan: 'p',
          seen: 's',
          lossy: false,
          by: 'bob',
          at: '2026-11-23T09:00:00.000Z',
        },
      }),
      undefined,
      'it is denied. It was denied by bob.',
    ],
  ])('is no other, and it is said why', (record, held, message) => {
    expect(() => planToDecideOn(record, held)).toThrow(message);
  });
});
