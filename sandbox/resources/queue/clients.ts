import { SQSClient } from '@aws-sdk/client-sqs';
import type { SandboxClientConfiguration } from '../../client-of';

/** A client of SQS that calls the sandbox: by default it goes to the host in a queue's URL, which is AWS's. */
export function sqsClient(configuration: SandboxClientConfiguration): SQSClient {
  return new SQSClient({ ...configuration, useQueueUrlAsEndpoint: false });
}
