import { planToDecideOn } from '../../../operator/decide/decidable';
import { recordOf } from '../records';

const exemption = {
  reason: 'needed',
  by: 'ada',
  until: '2026-12-01T00:00:00.000Z',
  writtenAt: '2026-11-01T00:00:00.000Z',
};

describe('a finding to decide on', () => {
  it.each(['waiting', 'denied', 'held', 'failed', 'given-up', 'undone', 'reported'] as const)(
    'is known by the digest of its plan, also when it is %s: whether it can be decided on is for the coordinator to say',
    (state) => {
      expect(planToDecideOn(recordOf({ state, planDigest: 'abc' }), exemption)).toBe('abc');
    },
  );

  it.each([
    [recordOf({ state: 'waiting' }), undefined, 'has no plan of it to decide on'],
    [recordOf({ state: 'undone' }), exemption, 'exempt until 2026-12-01 00:00 UTC, by ada: needed'],
    [recordOf({ state: 'fixed' }), undefined, 'does not wait for anybody: it is fixed.'],
    ...(['fixed', 'already-compliant', 'gone'] as const).map(
      (state) =>
        [recordOf({ state, planDigest: 'abc' }), undefined, 'does not wait for anybody'] as [
          ReturnType<typeof recordOf>,
          undefined,
          string,
        ],
    ),
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
  ])('is none without a plan, or where it is over, and it is said why', (record, held, message) => {
    expect(() => planToDecideOn(record, held)).toThrow(message);
  });
});
