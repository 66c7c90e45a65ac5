import { limitingKeys, sourceKeys } from '../kit/policy/condition-keys';
import type { ServiceRules } from '../kit/policy/document-rules';

/**
 * How a queue's policy is judged. SQS has no condition keys of its own:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
 */
export const queuePolicyRules: ServiceRules = {
  service: 'SQS',
  prefix: 'sqs',
  keys: limitingKeys,
  sourceKeys,
};
