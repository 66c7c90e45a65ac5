import type { ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import { type ServiceNeeds, sameName } from '../needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html */
export const needs: ServiceNeeds = {
  ...sameName('sns', ['GetTopicAttributes', 'Subscribe'], ({ parameters }) => String(parameters.TopicArn)),
  ...sameName('sns', ['Publish'], publishedTo),
};

/** @throws ApiError unless the call names one thing to publish to: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function publishedTo({ parameters: { TopicArn, TargetArn, PhoneNumber } }: ApiCall): string {
  const named = [TopicArn, TargetArn, PhoneNumber].filter((one) => one !== undefined);
  if (named.length !== 1)
    throw new ApiError('InvalidParameter', 'Give one of TopicArn, TargetArn and PhoneNumber, and no other.');
  return PhoneNumber === undefined ? String(named[0]) : '*';
}
