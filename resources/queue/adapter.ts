import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { clientConfiguration } from '../kit/client-configuration';
import { type Adapter, settlesInSeconds } from '../kit/live-resource';
import { holderAdapter } from '../kit/policy/holder/adapter';
import { getAttributes, putPolicy } from './calls';
import { queueKind } from './kind';
import type { Queue } from './model';
import { readQueue } from './read';

/**
 * Reads and changes queues.
 * @param overrides of the SQS client's configuration
 */
export function queueAdapter(overrides: SQSClientConfig = {}): Adapter<Queue> {
  return holderAdapter(queueKind, ({ finding, credentials, signal, mayWrite }) => {
    const client = new SQSClient({
      ...clientConfiguration(finding.region, credentials),
      // Calls go to the Region's endpoint, whatever an id says.
      useQueueUrlAsEndpoint: false,
      ...overrides,
    });
    const access = { client, url: finding.resourceId, signal, mayWrite };
    return {
      // Attributes take up to 60 seconds to be seen everywhere; what is not seen by then is looked at again:
      // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
      settling: settlesInSeconds,
      read: () => readQueue(access),
      readPolicy: async () => (await getAttributes(access)).Attributes.Policy || undefined,
      writePolicy: (policy) => putPolicy(access, policy),
      close: () => client.destroy(),
    };
  });
}

/** The name by which the type's remediation function finds it. */
export { queueAdapter as adapter };
