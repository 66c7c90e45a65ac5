import fc from 'fast-check';
import { isSamePlan, planDigest } from '../../core/plan-digest';
import { testPlan } from '../support/findings';

const [change] = testPlan.changes;
const lossy = { ...testPlan, lossy: true, losses: ['HTTPS goes too.'] };

describe('a plan in short', () => {
  it('is the same however its changes are worded, and in whatever order they and their keys stand', () => {
    const changes = fc.uniqueArray(fc.record({ action: fc.string(), text: fc.string(), at: fc.integer() }), {
      selector: ({ at }) => at,
      maxLength: 4,
    });
    fc.assert(
      fc.property(changes, fc.string(), (made, text) => {
        const reworded = made.map(({ action, at }) => ({ at, text, action })).reverse();
        expect(planDigest({ ...testPlan, changes: reworded })).toBe(
          planDigest({ ...testPlan, changes: made }),
        );
      }),
    );
  });

  it('differs where something else is made, or something else goes with it', () => {
    const digests = [
      testPlan,
      { ...testPlan, changes: [] },
      { ...testPlan, changes: [{ ...change, action: 'revoke', text: '', cidr: '::/0' }] },
      lossy,
      { ...lossy, losses: ['HTTP goes too.'] },
    ].map(planDigest);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('tells the same plan, however its losses are told, from one that is not lossy, or makes another change', () => {
    const digest = planDigest(lossy);
    expect(isSamePlan(digest, planDigest({ ...lossy, losses: ['HTTP goes too.', 'SSH goes too.'] }))).toBe(
      true,
    );
    expect(isSamePlan(digest, planDigest(testPlan))).toBe(false);
    expect(isSamePlan(digest, planDigest({ ...lossy, changes: [] }))).toBe(false);
  });
});
