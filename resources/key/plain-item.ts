import { accountIdPattern } from '../../core/finding';
import { isFields, isText } from '../kit/input';
import { isAbsent, isOptionalText, isPlainItem } from '../kit/plain-item';
import { awsManager } from './model';

/**
 * The text of the policy in a configuration item in the form in which a rule receives it.
 * @returns empty where AWS manages the key; undefined where it takes the model to tell: the item has another form, or holds none
 */
export function policyIn(item: unknown): string | undefined {
  if (!isPlainItem(item, 'AWS::KMS::Key') || !isText(item.resourceId)) return undefined;
  const { configuration, supplementaryConfiguration: supplement } = item;
  if (!isFields(configuration) || !isFields(supplement)) return undefined;
  const { arn, awsaccountId } = configuration;
  if (!isOptionalText(arn) || !(isAbsent(awsaccountId) || isAccountId(awsaccountId))) return undefined;
  if (configuration.keyManager === awsManager) return '';
  return typeof supplement.Policy === 'string' && supplement.Policy !== '' ? supplement.Policy : undefined;
}

function isAccountId(value: unknown): boolean {
  return typeof value === 'string' && accountIdPattern.test(value);
}
