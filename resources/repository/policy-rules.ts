import { limitingKeys, sourceKeys } from '../kit/policy/condition-keys';
import type { ServiceRules } from '../kit/policy/document-rules';

/**
 * How a repository's policy is judged; its statements name no resource. ECR's own condition key, `ecr:ResourceTag/…`, has the same value
 * for everybody: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
 * Whoever pulls an image needs a token of his own registry beside the policy, which everybody with an account gets:
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
 */
export const repositoryPolicyRules: ServiceRules = {
  service: 'ECR',
  prefix: 'ecr',
  keys: limitingKeys,
  sourceKeys,
};
