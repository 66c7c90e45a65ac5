import { decisionLine } from '../../../cli/show/decision-line';

const decision = { plan: 'p', seen: 's', lossy: false, by: 'bob', at: '2026-11-23T09:00:00.000Z' };
const until = '2026-11-24T09:00:00.000Z';

describe('a decision', () => {
  it.each([
    [
      'an approval, with its end',
      { ...decision, what: 'approved' as const, until },
      '; it counts until 2026-11-24 09:00 UTC',
    ],
    ['an approval of a hub that knows no end', { ...decision, what: 'approved' as const }, ''],
    ['a denial, with its reason', { ...decision, what: 'denied' as const, reason: 'ours' }, ': ours'],
  ])('says who, and when: %s', (_, made, more) => {
    expect(decisionLine(made)).toBe(`${made.what} by bob, 2026-11-23 09:00 UTC${more}`);
  });
});
