import { type Fields, isFields, isText } from '../kit/input';
import { isAbsent, isOptionalText, isPlainItem } from '../kit/plain-item';

/**
 * The policy in a configuration item in the form in which a rule receives it.
 * @returns null where the item holds none; undefined where it takes the model to tell: the item has another form
 */
export function policyIn(item: unknown): Fields | null | undefined {
  if (!isPlainItem(item, 'AWS::ECR::Repository') || !isText(item.resourceId)) return undefined;
  const { configuration } = item;
  if (!isFields(configuration) || !isOptionalText(configuration.Arn)) return undefined;
  const { RepositoryPolicyText: policy } = configuration;
  if (isAbsent(policy)) return null;
  return isFields(policy) ? policy : undefined;
}
