import { defaultConcurrency, leastConcurrency, mostConcurrency } from '../../config/concurrency';
import { messagesAtOnce } from '../../infra/hub/messages-at-once';

const every = Array.from(
  { length: mostConcurrency - leastConcurrency + 1 },
  (_, index) => leastConcurrency + index,
);

describe('the messages that the coordinator works on at once', () => {
  it.each([
    [2, 1, 2],
    [5, 1, 5],
    [8, 4, 2],
    [10, 5, 2],
    [47, 1, 47],
    [defaultConcurrency, 5, 10],
    [mostConcurrency, 5, 83],
  ])('are %i in batches of %i, %i at a time', (concurrency, batchSize, maxConcurrency) => {
    expect(messagesAtOnce(concurrency)).toEqual({ batchSize, maxConcurrency });
  });

  it('are exactly as many as the policy says, and what Lambda takes, whatever the policy says', () => {
    const wrong = every.filter((concurrency) => {
      const { batchSize, maxConcurrency } = messagesAtOnce(concurrency);
      const isTaken = batchSize >= 1 && batchSize <= 5 && maxConcurrency >= 2 && maxConcurrency <= 1_000;
      return batchSize * maxConcurrency !== concurrency || !isTaken;
    });
    expect(wrong).toEqual([]);
  });

  it.each([0, 1, 2.5, mostConcurrency + 1, Number.NaN])('are never %d', (concurrency) => {
    expect(() => messagesAtOnce(concurrency)).toThrow(
      `limits.concurrency of the policy is ${concurrency}; Lambda's quotas hold 2 to 415 messages at once.`,
    );
  });
});
