import type { ApiCall } from '../../gateway/api';
import { queueOfUrl } from '../../gateway/arn';
import { type Needs, type ServiceNeeds, sameName } from '../needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html */
export const sqsNeeds: ServiceNeeds = {
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
  SendMessageBatch: needs('sqs:SendMessage'),
  DeleteMessageBatch: needs('sqs:DeleteMessage'),
  ChangeMessageVisibilityBatch: needs('sqs:ChangeMessageVisibility'),
};

function needs(action: string): Needs {
  return (call) => [{ action, resource: queueArn(call) }];
}

function queueArn({ parameters, url, region, accountId }: ApiCall): string {
  const name = queueOfUrl(parameters.QueueUrl)?.name ?? queueOfUrl(url)?.name ?? String(parameters.QueueName);
  return `arn:aws:sqs:${region}:${accountId}:${name}`;
}
