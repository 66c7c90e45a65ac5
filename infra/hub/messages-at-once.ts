import { leastConcurrency, mostConcurrency } from '../../config/concurrency';

/** How Lambda takes messages off a queue, as its event source mapping has it. */
export interface MessagesAtOnce {
  /** Messages that one execution takes together. */
  batchSize: number;
  /** Executions at a time, from 2 to 1,000: https://docs.aws.amazon.com/lambda/latest/api/API_ScalingConfig.html */
  maxConcurrency: number;
}

/**
 * A batch is done with when its last message is, and its process may die with all of it; but it takes one execution of the coordinator,
 * and reads the organization's tree once.
 */
const mostInBatch = 5;

/**
 * The largest batches that come to exactly so many messages at once, in at least two of them.
 * @param concurrency `limits.concurrency` of the policy
 * @throws RangeError when it would not fit into Lambda's quotas; a policy that was validated does
 */
export function messagesAtOnce(concurrency: number): MessagesAtOnce {
  if (!Number.isInteger(concurrency) || concurrency < leastConcurrency || concurrency > mostConcurrency) {
    throw new RangeError(
      `limits.concurrency of the policy is ${concurrency}; Lambda's quotas hold ${leastConcurrency} to ${mostConcurrency} messages at once.`,
    );
  }
  let batchSize = mostInBatch;
  while (concurrency % batchSize !== 0 || concurrency / batchSize < leastConcurrency) batchSize -= 1;
  return { batchSize, maxConcurrency: concurrency / batchSize };
}
