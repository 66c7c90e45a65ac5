import { limitingKeys, sourceKeys } from '../kit/policy/condition-keys';
import type { ServiceRules } from '../kit/policy/document-rules';

/**
 * How a secret's policy is judged. The service's own condition keys say which secret and what of it is meant, and not who asks:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
 */
export const secretPolicyRules: ServiceRules = {
  service: 'Secrets Manager',
  prefix: 'secretsmanager',
  keys: limitingKeys,
  sourceKeys,
};
