import { ListQueuesCommand, SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { queueUrl } from '../../core/queue-address';
import { walkConfiguration } from '../kit/client-configuration';
import { type TypeWalk, walkEach } from '../kit/walk';
import type { Queue } from './model';
import { readQueueAmongMany } from './read';

/** Up to 1,000; SQS gives tokens only where a number is asked for. Each queue takes a call. */
const queuesInPage = 200;

/**
 * Walks queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html
 * @param overrides of the SQS client's configuration
 */
export function queueWalk(overrides: SQSClientConfig = {}): TypeWalk<Queue> {
  return {
    resourceType: 'AWS::SQS::Queue',
    open({ place: { accountId, region }, credentials, signal }) {
      const client = new SQSClient({
        ...walkConfiguration(region, credentials),
        // Calls go to the Region's endpoint, whatever a URL says.
        useQueueUrlAsEndpoint: false,
        ...overrides,
      });
      // The form in which AWS Config names queues, whatever host SQS answers.
      const idOf = (url: string) => queueUrl(accountId, region, url.slice(url.lastIndexOf('/') + 1));
      return {
        async page(token) {
          const { QueueUrls = [], NextToken } = await client.send(
            new ListQueuesCommand({ MaxResults: queuesInPage, ...(token && { NextToken: token }) }),
            { abortSignal: signal },
          );
          const walked = await walkEach(QueueUrls.map(idOf), (url) =>
            readQueueAmongMany({ client, url, signal }),
          );
          return { walked, ...(NextToken && { next: NextToken }) };
        },
        close: () => client.destroy(),
      };
    },
  };
}
