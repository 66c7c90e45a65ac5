import { isFields, isText } from '../kit/input';
import { isPlainItem } from '../kit/plain-item';
import { awsManager } from './model';

/**
 * The text of the policy in a configuration item in the form in which a rule receives it.
 * @returns empty where AWS manages the key; undefined where it takes the model to tell: the item has another form, or holds none
 */
export function policyTextIn(item: unknown): string | undefined {
  if (!isPlainItem(item, 'AWS::KMS::Key') || !isText(item.resourceId)) return undefined;
  const { configuration, supplementaryConfiguration: supplement } = item;
  if (!isFields(configuration) || !isFields(supplement)) return undefined;
  if (configuration.keyManager === awsManager) return '';
  return typeof supplement.Policy === 'string' && supplement.Policy !== '' ? supplement.Policy : undefined;
}
