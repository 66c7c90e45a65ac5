import type { HolderKind } from '../kit/policy/holder/kind';
import { queueFromApi } from './model';

/** Queues, as types with one policy document are told apart. */
export const queueKind: HolderKind = {
  resourceType: 'AWS::SQS::Queue',
  noun: 'queue',
  idLabel: 'url',
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
  limits: { service: 'SQS', maximumBytes: 8_192 },
  fromApi: queueFromApi,
  // The second is that of SQS's older protocol.
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
  gone: ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  refusals: ['InvalidAttributeValue', 'OverLimit'],
};
