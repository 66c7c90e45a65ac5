import type { ItemMaker } from './item-maker';
import { policyText } from './statements';

/** Queues with policies, and with the attributes that decide nothing. */
export const queueItem: ItemMaker = (index, choice) => {
  const name = `queue-${index}`;
  const QueueArn = `arn:aws:sqs:eu-west-1:111122223333:${name}`;
  const url = `https://sqs.eu-west-1.amazonaws.com/111122223333/${name}`;
  const Policy = policyText(choice, 'sqs:SendMessage', QueueArn);
  return {
    resourceType: 'AWS::SQS::Queue',
    resourceId: url,
    resourceName: name,
    ARN: QueueArn,
    configuration: {
      QueueArn,
      QueueName: name,
      QueueUrl: url,
      ...(Policy !== null && { Policy }),
      DelaySeconds: 0,
      MaximumMessageSize: 262_144,
      MessageRetentionPeriod: 345_600,
      ReceiveMessageWaitTimeSeconds: 20,
      RedrivePolicy: { deadLetterTargetArn: `${QueueArn}-failed`, maxReceiveCount: 5 },
      SqsManagedSseEnabled: true,
      VisibilityTimeout: 30,
    },
    supplementaryConfiguration: { Tags: { Name: name } },
  };
};
