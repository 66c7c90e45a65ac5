import { findingMessage } from '../../../member-functions/rule/finding-message';
import { testControl, testIdentity } from '../../support/findings';

describe('a finding message', () => {
  it('lists 50 violations and 50 steps at most: they are for people who peek at the queue', () => {
    const { accountId, region, resourceType, resourceId } = testIdentity;
    const source = { accountId, region, resourceType, resourceId, capturedAt: new Date(0) };
    const violations = Array.from({ length: 51 }, (_, port) => ({
      kind: 'open-port',
      text: `Port ${port} is open.`,
      detail: { port },
    }));
    const steps = violations.map(({ text }) => ({ action: 'close', text }));
    const verdict = { compliance: 'NON_COMPLIANT', violations, steps, hubMustLook: true } as const;
    const message = findingMessage(testControl, source, verdict);
    expect(message.violations).toEqual(violations.slice(0, 50));
    expect(message.steps).toEqual(steps.slice(0, 50));
  });
});
