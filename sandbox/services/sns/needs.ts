import type { ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import { anyResource, type Needs, type ServiceNeeds, sameName } from '../needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html */
export const needs: ServiceNeeds = {
  ...sameName(
    'sns',
    [
      'AddPermission',
      'DeleteTopic',
      'GetTopicAttributes',
      'ListSubscriptionsByTopic',
      'RemovePermission',
      'SetTopicAttributes',
    ],
    topicArn,
  ),
  ...sameName('sns', ['ListTagsForResource', 'TagResource', 'UntagResource'], ({ parameters }) =>
    String(parameters.ResourceArn),
  ),
  ...sameName('sns', ['ListTopics'], anyResource),
  ...sameName('sns', ['Publish'], publishedTo),
  // The batch operation has no action of its own.
  PublishBatch: (call) => [{ action: 'sns:Publish', resource: topicArn(call) }],
  Subscribe: subscribing,
};

function topicArn({ parameters }: ApiCall): string {
  return String(parameters.TopicArn);
}

/** Condition keys: https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html */
function subscribing(call: ApiCall): ReturnType<Needs> {
  const { Endpoint, Protocol } = call.parameters;
  const context = {
    ...(typeof Endpoint === 'string' && { 'sns:endpoint': Endpoint }),
    ...(typeof Protocol === 'string' && { 'sns:protocol': Protocol }),
  };
  return [{ action: 'sns:Subscribe', resource: topicArn(call), context }];
}

/** @throws ApiError unless the call names one thing to publish to: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function publishedTo({ parameters: { TopicArn, TargetArn, PhoneNumber } }: ApiCall): string {
  const named = [TopicArn, TargetArn, PhoneNumber].filter((one) => one !== undefined);
  if (named.length !== 1)
    throw new ApiError('InvalidParameter', 'Give one of TopicArn, TargetArn and PhoneNumber, and no other.');
  return PhoneNumber === undefined ? String(named[0]) : '*';
}
