import type { HolderKind } from '../kit/policy/holder/kind';
import { topicFromApi } from './model';

/** Topics, as types with one policy document are told apart. */
export const topicKind: HolderKind = {
  resourceType: 'AWS::SNS::Topic',
  noun: 'topic',
  idLabel: 'arn',
  // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
  limits: { service: 'SNS', maximumBytes: 30_720 },
  fromApi: topicFromApi,
  // The attributes of a topic hold neither the time at which it was made, nor an id beside its name:
  // https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
  isKnownByLooks: true,
  // As the SDK names them: https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html#API_SetTopicAttributes_Errors
  // The second is that of the tags: https://docs.aws.amazon.com/sns/latest/api/API_ListTagsForResource.html
  gone: ['NotFoundException', 'ResourceNotFoundException'],
  refusals: ['InvalidParameterException', 'InvalidSecurityException'],
};
