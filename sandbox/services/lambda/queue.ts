import { SQSClient } from '@aws-sdk/client-sqs';
import { queueUrl } from '../../../core/queue-address';
import type { Credentials, Gateway } from '../../gateway/api';
import { manyCalls } from '../../many-calls';

/** A queue, by the parts of its ARN. */
export interface Queue {
  arn: string;
  region: string;
  accountId: string;
  name: string;
  url: string;
}

/** Reads `arn:aws:sqs:REGION:ACCOUNT:NAME`. */
export function queueOfArn(arn: string): Queue {
  const [, , , region = '', accountId = '', name = ''] = arn.split(':');
  return { arn, region, accountId, name, url: queueUrl(accountId, region, name) };
}

/**
 * A client that reaches a queue through the gateway. The SDK would otherwise go to the host of the queue's URL, whatever
 * endpoint it was given.
 *
 * @param credentials credentials, or how to get current ones
 */
export function queueClient(
  gateway: Gateway,
  region: string,
  credentials: Credentials | (() => Promise<Credentials>),
): SQSClient {
  return new SQSClient({
    ...manyCalls,
    endpoint: gateway.endpoint,
    region,
    useQueueUrlAsEndpoint: false,
    credentials,
    maxAttempts: 1,
  });
}
