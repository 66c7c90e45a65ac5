import { type Fields, isFields, isText } from '../kit/input';
import { isOptionalText, isPlainItem } from '../kit/plain-item';

/**
 * The policy in a configuration item in the form in which a rule receives it.
 * @returns undefined where it takes the model to tell: the item has another form, or holds no policy
 */
export function policyIn(item: unknown): Fields | undefined {
  if (!isPlainItem(item, 'AWS::ECR::Repository') || !isText(item.resourceId)) return undefined;
  const { configuration } = item;
  if (!isFields(configuration) || !isOptionalText(configuration.Arn)) return undefined;
  const { RepositoryPolicyText: policy } = configuration;
  return isFields(policy) ? policy : undefined;
}
