import type { ApiCall } from '../../gateway/api';
import { type Needs, type ServiceNeeds, sameName } from '../needed';
import { queueOfUrl } from './queue-url';

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
  // The batch operations have no actions of their own.
  SendMessageBatch: onQueue('sqs:SendMessage'),
  DeleteMessageBatch: onQueue('sqs:DeleteMessage'),
  ChangeMessageVisibilityBatch: onQueue('sqs:ChangeMessageVisibility'),
};

function onQueue(action: string): Needs {
  return (call) => [{ action, resource: queueArn(call) }];
}

function queueArn({ parameters, url, region, accountId }: ApiCall): string {
  const name = queueOfUrl(parameters.QueueUrl)?.name ?? queueOfUrl(url)?.name ?? String(parameters.QueueName);
  return `arn:aws:sqs:${region}:${accountId}:${name}`;
}
