import { isFields, isText } from '../kit/input';
import { isPlainItem } from '../kit/plain-item';

/**
 * The text of the policy in a configuration item in the form in which a rule receives it.
 * @returns undefined where it takes the model to tell: the item has another form, or no policy, which every topic has
 */
export function policyIn(item: unknown): string | undefined {
  if (!isPlainItem(item, 'AWS::SNS::Topic') || !isText(item.resourceId)) return undefined;
  const { configuration } = item;
  return isFields(configuration) && isText(configuration.Policy) ? configuration.Policy : undefined;
}
