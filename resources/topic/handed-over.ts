import { isFields, isText } from '../kit/input';
import { plainName } from '../kit/policy/holder/model';
import type { HandedOverForms } from '../kit/resource-type';
import { topicIds } from './ids';
import { type Topic, topicFromApi } from './model';

/** How topics are handed over: GetTopicAttributes' answers, and rows of queries. */
export const topicForms: HandedOverForms<Topic> = {
  fromApi: topicFromApi,
  apiId: (fields) => (isFields(fields.Attributes) ? fields.Attributes.TopicArn : plainName(fields)),
  isApiAnswer: ({ Attributes }) => isFields(Attributes) && Object.hasOwn(Attributes, 'TopicArn'),
  fits: ({ id, configuration }) =>
    Object.hasOwn(configuration, 'TopicArn') || (id !== undefined && topicIds.pattern.test(id)),
  idIn: ({ TopicArn }) => TopicArn,
  withId: (fields, _configuration, id) =>
    isText(fields.resourceId) ? fields : { ...fields, resourceId: id },
};
