import { isFields, isText } from '../kit/input';
import { isAbsent, isPlainItem } from '../kit/plain-item';

/**
 * The text of the policy in a configuration item in the form in which a rule receives it.
 * @returns empty where the queue has no policy; undefined where it takes the model to tell: the item has another form
 */
export function policyIn(item: unknown): string | undefined {
  if (!isPlainItem(item, 'AWS::SQS::Queue') || !isText(item.resourceId)) return undefined;
  const { configuration } = item;
  if (!isFields(configuration)) return undefined;
  const { Policy: policy } = configuration;
  if (isAbsent(policy)) return '';
  return typeof policy === 'string' ? policy : undefined;
}
