import type { ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import { anyResource, type Needs, type ServiceNeeds, sameName } from '../needed';
import { queueNamed } from './queue-url';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html */
export const needs: ServiceNeeds = {
  ...sameName(
    'sqs',
    [
      'ChangeMessageVisibility',
      'CreateQueue',
      'DeleteMessage',
      'DeleteQueue',
      'GetQueueAttributes',
      'GetQueueUrl',
      'ListQueueTags',
      'PurgeQueue',
      'ReceiveMessage',
      'SendMessage',
      'SetQueueAttributes',
      'TagQueue',
      'UntagQueue',
    ],
    queueArn,
  ),
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
  ...sameName('sqs', ['ListQueues'], anyResource),
  // The batch operations have no actions of their own.
  SendMessageBatch: onQueue('sqs:SendMessage'),
  DeleteMessageBatch: onQueue('sqs:DeleteMessage'),
  ChangeMessageVisibilityBatch: onQueue('sqs:ChangeMessageVisibility'),
};

function onQueue(action: string): Needs {
  return (call) => [{ action, resource: queueArn(call) }];
}

function queueArn({ operation, parameters, url, region, accountId }: ApiCall): string {
  const queue = queueNamed(operation, parameters, url, accountId);
  if (queue === undefined) throw new ApiError('MissingParameter', 'The request must contain a QueueUrl.');
  return `arn:aws:sqs:${region}:${accountId}:${queue.name}`;
}
