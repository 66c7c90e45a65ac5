/** ARN of a queue. */
export function queueArn(accountId: string, region: string, queueName: string): string {
  return `arn:aws:sqs:${region}:${accountId}:${queueName}`;
}

/**
 * URL of a queue. SQS addresses a queue by `https://sqs.<region>.amazonaws.com/<account>/<name>`:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 */
export function queueUrl(accountId: string, region: string, queueName: string): string {
  return `https://sqs.${region}.amazonaws.com/${accountId}/${queueName}`;
}
