import { endpointDomain, partitionOf } from './partition';

/** ARN of a queue, or, with `*` as Region and a partition, of queues in every Region. */
export function queueArn(
  accountId: string,
  region: string,
  queueName: string,
  partition = partitionOf(region),
): string {
  return `arn:${partition}:sqs:${region}:${accountId}:${queueName}`;
}

/**
 * URL of a queue. SQS addresses a queue by `https://sqs.<region>.amazonaws.com/<account>/<name>`, in China by `amazonaws.com.cn`:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 */
export function queueUrl(accountId: string, region: string, queueName: string): string {
  return `https://sqs.${region}.${endpointDomain(region)}/${accountId}/${queueName}`;
}
