import { verdictOnFix } from '../../decision/result-verdict';
import { answer, testPlan } from '../support/findings';

describe('verdictOnFix', () => {
  it.each([
    ['fixed', 'fixed'],
    ['already-compliant', 'already-compliant'],
    ['gone', 'gone'],
    ['refused', 'given-up'],
    ['failed', 'failed'],
    ['changed', 'failed'],
    ['planned', 'waiting'],
  ] as const)('%s becomes %s', (outcome, state) => {
    expect(verdictOnFix(answer(outcome)).state).toBe(state);
  });

  it('says how much of a plan was done before it failed', () => {
    const half = answer('failed', {
      reason: 'Denied.',
      applied: 1,
      plan: { ...testPlan, changes: [...testPlan.changes, ...testPlan.changes] },
    });
    expect(verdictOnFix(half).reason).toBe('Denied. 1 of 2 changes were made.');
  });
});
