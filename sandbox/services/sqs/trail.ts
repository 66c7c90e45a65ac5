import { queueUrl } from '../../../core/queue-address';
import type { Trail } from '../service';
import { queueOfUrl } from './queue-url';

/**
 * Queues, by the URL of AWS's own endpoint, whatever host a call went to; messages are data:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-logging-using-cloudtrail.html
 */
export const trail: Trail = {
  namesOf({ parameters, accountId, region }) {
    const name = queueOfUrl(parameters.QueueUrl)?.name ?? parameters.QueueName;
    return typeof name === 'string' ? [queueUrl(accountId, region, name)] : [];
  },
  isData: ({ operation }) => /^(Send|Receive|Delete)Message|^ChangeMessageVisibility/.test(operation),
};
