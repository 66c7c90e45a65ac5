import { type ServiceNeeds, sameName } from '../needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html */
export const needs: ServiceNeeds = sameName('sns', ['GetTopicAttributes', 'Publish', 'Subscribe'], (call) =>
  String(call.parameters.TopicArn ?? call.parameters.TargetArn),
);
