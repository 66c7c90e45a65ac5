import { hubExecutions, mostConcurrency } from '../../config/concurrency';
import { policyWith, problemsWith } from './support/policy';

describe('limits.concurrency', () => {
  it('is 50, unless the policy says otherwise', () => {
    expect(policyWith('').limits.concurrency).toBe(50);
    expect(policyWith('limits: { concurrency: 2 }').limits.concurrency).toBe(2);
    expect(policyWith('limits: { concurrency: 415 }').limits.concurrency).toBe(415);
  });

  it.each(['0', '1', '416', '2.5', 'all', 'true'])('refuses %s, and says what is right and why', (said) => {
    expect(problemsWith(`limits: { concurrency: ${said} }`)).toEqual([
      `6:24 limits.concurrency: ${said}: messages at once, each of which takes two of the hub's concurrent executions of Lambda: a whole number from 2 to 415.`,
    ]);
  });

  it('leaves a hundred of the executions that Lambda gives an account to its other functions', () => {
    expect(hubExecutions(mostConcurrency)).toBeLessThanOrEqual(1_000 - 100);
    expect(hubExecutions(mostConcurrency + 1)).toBeGreaterThan(1_000 - 100);
  });
});
