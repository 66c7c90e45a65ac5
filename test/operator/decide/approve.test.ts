import { orderKeyPattern } from '../../../core/order';
import type { FindingRecord } from '../../../ledger/findings/record';
import { UnacceptedLossError } from '../../../operator/decide/accepted-loss';
import { approve } from '../../../operator/decide/approve';
import { OperatorError } from '../../../operator/errors';
import { type FakeParts, hubWith } from '../fake-hub';
import { bucketRecord } from '../records';

const changes = [{ action: 'x', text: 'Take a grant.' }];
const waiting = (resourceId: string, more: Partial<NonNullable<FindingRecord['plan']>> = {}) =>
  bucketRecord({
    identity: { resourceId },
    state: 'waiting',
    planDigest: `plan of ${resourceId}`,
    plan: { changes, lossy: false, losses: [], ...more },
  });
const lossy = waiting('films', { lossy: true, losses: ['A partner loses access.'] });
const photos = waiting('photos');

function approving(
  records: FindingRecord[],
  { acceptLoss = false, ...parts }: FakeParts & { acceptLoss?: boolean },
) {
  const steps: unknown[] = [];
  const hub = hubWith({
    exemptions: { read: async () => undefined },
    order: async (order) => {
      steps.push(order);
      return { version: 2, done: true, text: 'Approved.' };
    },
    host: { showPlan: ({ identity }) => void steps.push(`shown: ${identity.resourceId}`) },
    ...parts,
  });
  return { steps, results: approve(hub, records, { acceptLoss }) };
}

describe('approving', () => {
  it('shows each plan before it orders that very plan, and takes the next when the result was taken', async () => {
    const { steps, results } = approving([photos, lossy], { acceptLoss: true });

    const first = await results.next();
    expect(first.value).toMatchObject({ record: photos, answer: { answer: { done: true } } });
    expect(steps).toEqual([
      'shown: photos',
      expect.objectContaining({ order: 'approve', plan: 'plan of photos' }),
    ]);
    await results.next();
    expect(steps.slice(2)).toEqual([
      'shown: films',
      {
        version: 2,
        key: expect.stringMatching(orderKeyPattern),
        order: 'approve',
        finding: lossy.identity,
        occurrence: 1,
        plan: 'plan of films',
      },
    ]);
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it('orders nothing for a lossy plan whose loss nobody accepted, and goes on with the others', async () => {
    const { steps, results } = approving([lossy, photos], {});

    expect((await results.next()).value).toMatchObject({
      record: lossy,
      error: expect.any(UnacceptedLossError),
    });
    expect(steps).toEqual(['shown: films']);
    expect((await results.next()).value).toHaveProperty('answer');
  });

  it('orders nothing when the plan could not be shown', async () => {
    const { steps, results } = approving([photos], {
      host: { showPlan: () => Promise.reject(new OperatorError('The console is gone.')) },
    });

    expect((await results.next()).value).toMatchObject({ error: { message: 'The console is gone.' } });
    expect(steps).toEqual([]);
  });

  it('ends at once with what is a bug', async () => {
    const { results } = approving([photos, lossy], { order: () => Promise.reject(new TypeError('bug')) });

    await expect(results.next()).rejects.toThrow(TypeError);
  });
});
