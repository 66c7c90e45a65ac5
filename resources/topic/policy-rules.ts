import { limitingKeys, sourceKeys } from '../kit/policy/condition-keys';
import type { ServiceRules } from '../kit/policy/document-rules';

/**
 * How a topic's policy is judged. SNS's own condition keys, `sns:Endpoint` and `sns:Protocol`, say what is subscribed, and not by
 * whom: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
 * AWS's default policy, for `"AWS": "*"` with `AWS:SourceOwner` of the owner, limits by that key.
 */
export const topicPolicyRules: ServiceRules = {
  service: 'SNS',
  prefix: 'sns',
  keys: limitingKeys,
  sourceKeys,
  // A policy needs a statement, and no call deletes it: what a topic is given without one is a policy for its owner alone.
  // https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
  // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
  mustHavePolicy: true,
};
