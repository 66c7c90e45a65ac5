import type { Credentials, Gateway } from '../../gateway/api';
import type { EventSourceMapping, FunctionDefinition } from './definitions';
import type { PolledQueue } from './polled-queue';
import { queueOfArn } from './queue';

/** Thrown for an event source mapping that Lambda would refuse; the message reads as Lambda's. */
export class InvalidMappingError extends Error {
  override readonly name = 'InvalidMappingError';
}

/** Calls that Lambda makes with the execution role; it refuses a mapping when one of them is not allowed. */
const calls = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];

/**
 * Refuses a mapping that Lambda refuses.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 *
 * @param credentials of the function's execution role
 * @throws InvalidMappingError with the reason.
 */
export async function checkMapping(
  mapping: EventSourceMapping,
  definition: FunctionDefinition,
  queue: PolledQueue,
  gateway: Gateway,
  credentials: Credentials,
): Promise<void> {
  const { batchSize, maximumConcurrency, maximumBatchingWindowSeconds, queueArn } = mapping;
  if (queueArn.endsWith('.fifo') && (batchSize > 10 || maximumBatchingWindowSeconds > 0)) {
    throw new InvalidMappingError('A FIFO queue takes batches of at most 10, and no batching window.');
  }
  if (batchSize > 10 && maximumBatchingWindowSeconds < 1) {
    throw new InvalidMappingError('A batch size over 10 needs a batching window of at least 1 second.');
  }
  if (maximumConcurrency !== undefined && (maximumConcurrency < 2 || maximumConcurrency > 1000)) {
    throw new InvalidMappingError(`MaximumConcurrency must be 2 to 1000, not ${maximumConcurrency}.`);
  }
  const principal = gateway.principalOf(credentials.accessKeyId);
  for (const call of calls) {
    const decision =
      principal &&
      gateway.authorize({
        principal,
        action: `sqs:${call}`,
        resource: queueArn,
        resourceAccountId: queueOfArn(queueArn).accountId,
        context: {},
      });
    if (!decision?.allowed) {
      throw new InvalidMappingError(
        `The provided execution role does not have permissions to call ${call} on SQS: ` +
          `${definition.roleArn} on ${queueArn} for ${definition.functionName}.`,
      );
    }
  }
  const visibilityTimeout = await queue.visibilityTimeoutSeconds();
  if (visibilityTimeout < definition.timeoutSeconds) {
    throw new InvalidMappingError(
      `Queue visibility timeout: ${visibilityTimeout} seconds is less than Function timeout: ` +
        `${definition.timeoutSeconds} seconds, for ${queueArn} and ${definition.functionName}.`,
    );
  }
}
