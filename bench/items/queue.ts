import type { ItemMaker } from './item-maker';
import { policyText } from './statements';

/** Queues with policies. */
export const queueItem: ItemMaker = (index, choice) => {
  const name = `queue-${index}`;
  const QueueArn = `arn:aws:sqs:eu-west-1:111122223333:${name}`;
  const url = `https://sqs.eu-west-1.amazonaws.com/111122223333/${name}`;
  const Policy = policyText(choice, 'sqs:SendMessage', QueueArn);
  return {
    resourceType: 'AWS::SQS::Queue',
    resourceId: url,
    resourceName: name,
    configuration: { QueueArn, QueueName: name, QueueUrl: url, ...(Policy !== null && { Policy }) },
    supplementaryConfiguration: {},
  };
};
