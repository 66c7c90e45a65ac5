import { isFields, isText } from '../kit/input';
import { plainName } from '../kit/policy/holder/model';
import type { HandedOverForms } from '../kit/resource-type';
import { queueIds } from './ids';
import { type Queue, queueFromApi, urlOfArn } from './model';

/** How queues are handed over: GetQueueAttributes' answers, and rows of queries. */
export const queueForms: HandedOverForms<Queue> = {
  fromApi: queueFromApi,
  // `aws sqs get-queue-attributes` prints the attributes alone.
  apiId: (fields) =>
    fields.QueueUrl ??
    (isFields(fields.Attributes) ? urlOfArn(fields.Attributes.QueueArn) : plainName(fields)),
  isApiAnswer: ({ Attributes }) => isFields(Attributes) && Object.hasOwn(Attributes, 'QueueArn'),
  fits: ({ id, configuration }) =>
    Object.hasOwn(configuration, 'QueueArn') ||
    Object.hasOwn(configuration, 'QueueUrl') ||
    (id !== undefined && queueIds.pattern.test(id)),
  idIn: ({ QueueUrl }) => QueueUrl,
  withId: (fields, _configuration, id) =>
    isText(fields.resourceId) ? fields : { ...fields, resourceId: id },
};
