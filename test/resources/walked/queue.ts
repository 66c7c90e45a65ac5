import { queueUrl } from '../../../core/queue-address';
import { named, type WalkedType } from './walked-type';

/** Queues. */
export const queues: WalkedType = {
  type: 'AWS::SQS::Queue',
  inPage: 200,
  list: 'ListQueues',
  read: { command: 'GetQueueAttributes', names: (input) => 'QueueUrl' in input && input.QueueUrl },
  throttled: 'RequestThrottled',
  plant(aws, of, number) {
    const name = `queue-${named(number)}`;
    const url = queueUrl(of.accountId, of.region, name);
    aws.sqs.createQueue(url, { ...of, name, attributes: { CreatedTimestamp: '1' } });
    return url;
  },
  remove: (aws, id) => aws.sqs.deleteQueue(id),
};
